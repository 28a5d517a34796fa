"""Scopes: which there are, which server's tokens may carry them, and what each means in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from servers.identity import Reach
from tools.contract import READ_SCOPE, WRITE_SCOPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tools.contract import AnyTool

Server: TypeAlias = Literal["user", "admin"]
DOOR = (READ_SCOPE, WRITE_SCOPE)
OFFLINE = "offline_access"
"""Some clients ask for it to get a refresh token. Ours always come, so it is neither listed nor granted."""

WORDS: Mapping[str, tuple[str, str]] = {
    "mcp:read": (
        "See what you can see in 360 Ghar, signed in as you",
        "360 घर में वह सब देखना जो आप साइन इन करके देख सकते हैं",
    ),
    "mcp:write": (
        "Make changes in 360 Ghar on your behalf, within the points listed here",
        "यहाँ बताई गई सीमा में, आपकी ओर से 360 घर में बदलाव करना",
    ),
    "account:read": (
        "See your account: your profile, preferences, sign-ins and connected apps",
        "आपका खाता देखना: प्रोफ़ाइल, पसंद, साइन इन और जुड़े हुए ऐप",
    ),
    "account:write": (
        "Change your account: profile and preferences, end sign-ins and apps, delete the account",
        "आपका खाता बदलना: प्रोफ़ाइल और पसंद, साइन इन और ऐप बंद करना, खाता हटाना",
    ),
    "agenda:read": (
        "See the visits that you show as staff, and those that nobody shows yet",
        "स्टाफ़ के रूप में आपकी दिखाई जाने वाली विज़िट, और वे जिन्हें अभी कोई नहीं दिखाता, देखना",
    ),
    "agenda:write": (
        "Take visits that nobody shows yet upon yourself, and hand yours to colleagues",
        "जिन विज़िट को अभी कोई नहीं दिखाता, उन्हें अपने ज़िम्मे लेना, और अपनी सहकर्मियों को सौंपना",
    ),
    "campaigns:read": (
        "See the offers that were written to people, and how many they went to",
        "लोगों को भेजे गए ऑफ़र और वे कितनों तक पहुँचे, यह देखना",
    ),
    "campaigns:write": (
        "Draft offers to people, stop them, and send them, each only once you confirm it yourself",
        "लोगों के लिए ऑफ़र लिखना और रोकना, और हर बार आपकी अपनी पुष्टि के बाद ही भेजना",
    ),
    "contacts:read": (
        "See with whom you were shown contacts over a property, with theirs",
        "देखना कि किस प्रॉपर्टी के लिए किसके साथ आपका संपर्क साझा हुआ, उनके संपर्क के साथ",
    ),
    "contacts:write": (
        "Exchange contacts with whoever looks after a property, each time only once you confirm it yourself",
        "प्रॉपर्टी सँभालने वाले से आपके संपर्क का लेन-देन करना, हर बार आपकी अपनी पुष्टि के बाद ही",
    ),
    "listings:read": (
        "See what you offer: your listings, their history and how they fare",
        "आप जो देते-बेचते हैं उसे देखना: आपकी लिस्टिंग, उनका इतिहास और उन पर आई प्रतिक्रिया",
    ),
    "listings:review": (
        "See the listings that wait for a review, and decide about them",
        "जाँच के लिए आई लिस्टिंग देखना, और उन पर निर्णय देना",
    ),
    "listings:write": (
        "Draft and change your listings, put them on offer and take them off",
        "आपकी लिस्टिंग बनाना और बदलना, उन्हें चालू करना और हटाना",
    ),
    "enquiries:read": (
        "Read what you ask about properties and are asked about yours, with the answers",
        "प्रॉपर्टी के बारे में आपकी और आपसे की गई पूछताछ और उसके जवाब पढ़ना",
    ),
    "enquiries:write": (
        "Write to whoever looks after a property, answer what you are asked, and block people",
        "प्रॉपर्टी सँभालने वाले को लिखना, आपसे पूछे गए का जवाब देना, और लोगों को रोकना",
    ),
    "notifications:read": (
        "See what you were told, and what you want to be told where",
        "देखना कि आपको क्या बताया गया, और आप क्या कहाँ जानना चाहते हैं",
    ),
    "notifications:write": (
        "Mark what you were told as read, and change what you are told where",
        "जो बताया गया उसे पढ़ा हुआ मानना, और क्या कहाँ बताया जाए, यह बदलना",
    ),
    "imports:write": (
        "Send lists of listings, and import them, each only once you confirm it yourself",
        "लिस्टिंग की सूचियाँ भेजना और हर बार आपकी अपनी पुष्टि के बाद ही उन्हें जोड़ना",
    ),
    "people:read": (
        "See the people who use 360 Ghar, with their contacts and roles",
        "360 घर के लोगों को उनके संपर्क और भूमिकाओं के साथ देखना",
    ),
    "people:write": (
        "Change people's roles and who looks after which property",
        "लोगों की भूमिकाएँ और कौन किस प्रॉपर्टी को सँभालता है, यह बदलना",
    ),
    "portfolio:write": (
        "Ask owners to agree that a property is listed for them",
        "मालिकों से पूछना कि उनकी प्रॉपर्टी उनके नाम से लिस्ट हो",
    ),
    "portfolio:read": (
        "See which properties a member of staff looks after",
        "देखना कि कौन-सा कर्मचारी किन प्रॉपर्टी को सँभालता है",
    ),
    "reports:review": (
        "See what people report, and decide about it",
        "लोगों की शिकायतें देखना और उन पर निर्णय देना",
    ),
    "reports:write": (
        "Report for you what should not be here",
        "जो यहाँ नहीं होना चाहिए, उसकी आपकी ओर से शिकायत करना",
    ),
    "shortlist:read": (
        "See the properties on your shortlists, your notes on them and what was said about them",
        "आपकी पसंद की सूचियों की प्रॉपर्टी, उन पर आपके नोट और टिप्पणियाँ देखना",
    ),
    "shortlist:write": (
        "Arrange your shortlists, share them by links that end, and comment on them",
        "आपकी पसंद की सूचियाँ सँभालना, उन्हें लिंक से साझा करना और उन पर टिप्पणी करना",
    ),
    "swipes:read": (
        "See which properties you liked and passed",
        "देखना कि आपने कौन-सी प्रॉपर्टी पसंद की और कौन-सी छोड़ी",
    ),
    "swipes:write": (
        "Like and pass properties for you, and take that back",
        "आपकी ओर से प्रॉपर्टी पसंद करना, छोड़ना, और उसे वापस लेना",
    ),
    "staff:read": (
        "See what you have to do as staff, and how you did",
        "देखना कि कर्मचारी के रूप में आपके पास क्या काम है और कैसा रहा",
    ),
    "staff:write": (
        "Change what you say of yourself as staff, which everybody can read",
        "कर्मचारी के रूप में अपने बारे में लिखी बातें बदलना, जिन्हें सब पढ़ सकते हैं",
    ),
    "visits:read": (
        "See when you visit or show which property, and your calendar",
        "देखना कि आप कौन-सी प्रॉपर्टी कब देखने जाएँगे या दिखाएँगे, और आपका कैलेंडर",
    ),
    "visits:write": (
        "Request and move visits, once you confirm it, say yes or no to them, and change your calendar",
        "आपकी पुष्टि के बाद प्रॉपर्टी देखने का समय माँगना और बदलना, उन पर हाँ या ना कहना, और आपका कैलेंडर बदलना",
    ),
    "watches:read": (
        "See what you watch, and what was found",
        "देखना कि आप किस पर नज़र रखते हैं और क्या मिला",
    ),
    "watches:write": (
        "Watch searches, properties and prices for you, and end that",
        "आपके लिए खोज, प्रॉपर्टी और कीमतों पर नज़र रखना, और उसे बंद करना",
    ),
    "places:write": (
        "Name places, and merge those that are the same, each time only once you confirm it yourself",
        "जगहों के नाम बदलना, और जो एक ही हैं उन्हें हर बार आपकी अपनी पुष्टि के बाद ही मिलाना",
    ),
    "platform:write": (
        "Run, pause and resume what the platform does by itself",
        "प्लेटफ़ॉर्म के अपने आप होने वाले काम चलाना, रोकना और फिर शुरू करना",
    ),
    "platform:read": (
        "See the state of the platform: its tools, its database, its imports and its places",
        "प्लेटफ़ॉर्म की स्थिति देखना: उसके टूल, डेटाबेस, इम्पोर्ट और जगहें",
    ),
}
"""What a person is told that they allow, in English and Hindi."""

_SCOPE = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]{1,100}")
"""One scope (RFC 6749, section 3.3)."""


class BadScope(Exception):
    """The scope is not well-formed, or nothing that was asked for exists."""


class Scopes:
    """The scopes of a catalog, by the server whose tokens may carry them."""

    def __init__(self, tools: Iterable[AnyTool]) -> None:
        self._reach = Reach(tool for tool in tools if tool.surfaces)
        self._of: dict[Server, tuple[str, ...]] = {
            "user": _ordered(self._reach.of("member")),
            "admin": _ordered(self._reach.of("admin")),
        }

    def of(self, server: Server) -> tuple[str, ...]:
        """What tokens for this server may carry."""
        return self._of[server]

    @property
    def every(self) -> tuple[str, ...]:
        return self._of["admin"]

    def within(self, scopes: Iterable[str], server: Server, role: str) -> list[str]:
        """Those of the scopes that somebody of this role can use there."""
        reach = self._reach.of(role, server)
        return [each for each in scopes if each in reach]

    def granted(self, server: Server, *asked: str | None) -> list[str]:
        """What to grant for the first of these that asks for something; everything when none does.

        Scopes that this server's tokens cannot carry are left out. Refuses when nothing is left.
        """
        for scope in asked:
            wanted = [each for each in separated(scope) if each != OFFLINE]
            if wanted:
                known = [each for each in self._of[server] if each in wanted]
                if not known:
                    raise BadScope(f"This server has these scopes: {' '.join(self._of[server])}")
                return known
        return list(self._of[server])


def _ordered(scopes: Iterable[str]) -> tuple[str, ...]:
    return (*DOOR, *sorted(set(scopes) - set(DOOR)))


def separated(scope: str | None) -> Sequence[str]:
    """The single scopes of a `scope` parameter. Refuses one that is not well-formed."""
    found = [each for each in (scope or "").split(" ") if each]
    if len(found) > 100 or not all(_SCOPE.fullmatch(each) for each in found):
        raise BadScope("The scope is not a list of scopes, separated by spaces")
    return found
