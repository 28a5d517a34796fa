"""Speech: what the offline model says of a tool's answer, in English, Hindi or Hinglish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent import naming
from tools import units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.intents import Doing
    from tools.discovery.understood import Language

Answer = dict[str, Any]
_SHOWN = 3
_MOST_DIFFERENCES = 6


def found(answer: Answer, language: Language) -> str:
    """What a search found, or what would help when it found nothing."""
    items: list[Answer] = answer["items"]
    sentences = _some(answer, items, language) if items else _none(answer, language)
    return "\n".join((" ".join([*sentences, *_doubts(answer, language)]), _OFFLINE[language]))


def _some(answer: Answer, items: list[Answer], language: Language) -> Iterator[str]:
    hindi = language == "hi"
    wishes = ", ".join(naming.wishes(answer, hindi=hindi))
    count = f"{len(items)}+" if answer["has_more"] else str(len(items))
    met = f" ({wishes})" if wishes else ""
    yield (_FOUND_ONE if count == "1" else _FOUND)[language].format(count=count, wishes=met)
    yield _FIRST[language].format(**_named(items[0], hindi=hindi))
    low, high = _ends(items)
    if low is not high:
        ends = {"low": naming.price(low, hindi=hindi), "high": naming.price(high, hindi=hindi)}
        yield _RANGE[language].format(**ends)
    if answer["relaxed"]:
        yield _MORE[language].format(ways=_ways(answer, language))


def _none(answer: Answer, language: Language) -> Iterator[str]:
    yield _NOTHING[language]
    if answer["relaxed"]:
        yield _INSTEAD[language].format(ways=_ways(answer, language))


def _named(card: Answer, *, hindi: bool) -> dict[str, str]:
    home = naming.home(card, hindi=hindi)
    article = "an" if home[0] in "aeiou8" else "a"
    return {"a": article, "home": home, "price": naming.price(card, hindi=hindi)}


def _ends(items: list[Answer]) -> tuple[Answer, Answer]:
    """The cheapest and the dearest of those that are paid for in the same way as the first."""
    same = [item for item in items if item["purpose"] == items[0]["purpose"]]
    return min(same, key=lambda item: item["price"]), max(same, key=lambda item: item["price"])


def _ways(answer: Answer, language: Language) -> str:
    ways: list[Answer] = answer["relaxed"][:_SHOWN]
    return "; ".join(naming.relaxation(way, hindi=language == "hi") for way in ways)


def _doubts(answer: Answer, language: Language) -> Iterator[str]:
    understood: Answer = answer.get("understood") or {}
    unread = [f"“{word}”" for word in understood.get("unread") or ()]
    if unread:
        yield _UNREAD[language].format(words=", ".join(unread))
    elsewhere: list[str] = understood.get("elsewhere") or []
    if elsewhere and language != "en":
        yield _ELSEWHERE[language].format(towns=", ".join(elsewhere))
    if language == "en":
        yield from answer.get("notes") or ()
        yield from understood.get("notes") or ()
    if answer.get("demo"):
        every = all(item["demo"] for item in answer["items"])
        yield (_DEMO if every else _SOME_DEMO)[language]


def details(answer: Answer, language: Language) -> str:
    """What is known about one property, and what is not."""
    hindi = language == "hi"
    known = ", ".join(_facts(answer, hindi=hindi))
    said = [_ONE[language].format(id=answer["id"], **_named(answer, hindi=hindi))]
    if known:
        said.append(_KNOWN[language].format(facts=known))
    missing = ", ".join(label[hindi] for name, label in _MISSABLE.items() if answer.get(name) is None)
    if missing:
        said.append(_UNKNOWN[language].format(facts=missing))
    if answer.get("demo"):
        said.append(_DEMO[language])
    return "\n".join((" ".join(said), _OFFLINE[language]))


def _facts(answer: Answer, *, hindi: bool) -> Iterator[str]:
    if answer.get("area_sqft"):
        yield units.area(answer["area_sqft"], hindi=hindi)
    if answer.get("furnishing"):
        yield naming.furnishing(answer["furnishing"], hindi=hindi)
    if answer.get("facing"):
        yield naming.facing(answer["facing"], hindi=hindi)
    if answer.get("possession"):
        yield naming.possession(answer["possession"], hindi=hindi)
    if answer.get("metro_m") is not None:
        far = naming.distance(answer["metro_m"], hindi=hindi)
        yield f"मेट्रो {far} दूर" if hindi else f"a metro station {far} away"


def no_such_place(count: int, language: Language) -> str:
    """That the search held fewer results than were counted."""
    said = _SHORT[language].format(count=count) if count else _EMPTY[language]
    return f"{said}\n{_OFFLINE[language]}"


def failed(why: str, language: Language) -> str:
    """That a tool refused, and why, in its own words; or where to sign in for it."""
    if why.startswith(_LOCKED):
        return f"{_SIGN_IN[language].format(place=why.rsplit(' ', 1)[1])}\n{_OFFLINE[language]}"
    return f"{_FAILED[language]} {why.partition(': ')[2] or why}\n{_OFFLINE[language]}"


def account(places: int, language: Language) -> str:
    """That the person is signed in, and where the rest of it stands."""
    return f"{_ACCOUNT[language].format(count=places)}\n{_OFFLINE[language]}"


def activity(count: int, language: Language) -> str:
    """That what was done is shown, or that there is nothing yet."""
    return f"{(_ACTIVITY if count else _NO_ACTIVITY)[language]}\n{_OFFLINE[language]}"


def compared(answer: Answer, language: Language) -> str:
    """Which properties stand side by side, and where they differ most."""
    hindi = language == "hi"
    homes = "; ".join("{home}, {price}".format(**_named(item, hindi=hindi)) for item in answer["items"])
    said = [_COMPARED[language].format(homes=homes)]
    differ = [each["what"].lower() for each in answer["differences"]]
    if language == "en":
        said.append(
            f"They differ in {', '.join(differ)}." if differ else "They do not differ in what is known."
        )
    if answer.get("demo"):
        said.append(_DEMO[language])
    return "\n".join((" ".join(said), _OFFLINE[language]))


def changed(tool: Doing, answer: Answer, language: Language) -> str:
    """That it was done, with what it brought."""
    return f"{_DONE[tool][language].format(**answer)}\n{_OFFLINE[language]}"


def denied(language: Language) -> str:
    """That the person said no, and nothing was done."""
    return f"{_DENIED[language]}\n{_OFFLINE[language]}"


def cannot(language: Language) -> str:
    """That the tool needed is not there for this person."""
    return _CANNOT[language]


def help_text(language: Language) -> str:
    """What can be asked, with examples."""
    return f"{_HELP[language]}\n{_OFFLINE[language]}"


_MISSABLE = {
    "area_sqft": ("area", "क्षेत्रफल"),
    "furnishing": ("furnishing", "फ़र्नीचर"),
    "facing": ("facing", "दिशा"),
    "possession": ("possession", "कब्ज़ा"),
}
_FOUND: dict[Language, str] = {
    "en": "I found {count} properties{wishes}.",
    "hi": "{count} संपत्तियाँ मिलीं{wishes}।",
    "hinglish": "{count} properties mili hain{wishes}.",
}
_FOUND_ONE: dict[Language, str] = {
    "en": "I found one property{wishes}.",
    "hi": "एक संपत्ति मिली{wishes}।",
    "hinglish": "Ek property mili hai{wishes}.",
}
_FIRST: dict[Language, str] = {
    "en": "First comes {a} {home} for {price}.",
    "hi": "सबसे पहले {home}, {price}।",
    "hinglish": "Sabse pehle {home}, {price}.",
}
_RANGE: dict[Language, str] = {
    "en": "Those shown cost {low} to {high}.",
    "hi": "दिखाई गई संपत्तियाँ {low} से {high} तक की हैं।",
    "hinglish": "Jo dikh rahi hain woh {low} se {high} tak ki hain.",
}
_MORE: dict[Language, str] = {
    "en": "There would be more: {ways}.",
    "hi": "और मिल सकती हैं: {ways}।",
    "hinglish": "Aur bhi mil sakti hain: {ways}.",
}
_NOTHING: dict[Language, str] = {
    "en": "Nothing fits all of that.",
    "hi": "इन सब शर्तों पर कोई संपत्ति नहीं मिली।",
    "hinglish": "In sab sharton par koi property nahi mili.",
}
_INSTEAD: dict[Language, str] = {
    "en": "I have not changed your question, but there would be {ways}.",
    "hi": "आपका सवाल मैंने नहीं बदला है, पर {ways} मिलेंगी।",
    "hinglish": "Aapka sawaal maine nahi badla, par yeh milengi: {ways}.",
}
_UNREAD: dict[Language, str] = {
    "en": "I did not understand {words}.",
    "hi": "{words} समझ नहीं आया।",
    "hinglish": "{words} samajh nahi aaya.",
}
_ELSEWHERE: dict[Language, str] = {
    "en": "We have no properties in {towns}.",
    "hi": "{towns} में हमारे पास संपत्तियाँ नहीं हैं; सब गुरुग्राम और आसपास की हैं।",
    "hinglish": "{towns} mein hamare paas properties nahi hain; sab Gurugram aur aaspaas ki hain.",
}
_DEMO: dict[Language, str] = {
    "en": "This is made-up demonstration data: these properties do not exist.",
    "hi": "यह दिखाने के लिए बनाया गया डेटा है: ये संपत्तियाँ असल में नहीं हैं।",
    "hinglish": "Yeh demo data hai: yeh properties asal mein nahi hain.",
}
_SOME_DEMO: dict[Language, str] = {
    "en": "Those labelled Demo are made up and do not exist.",
    "hi": "जिन पर डेमो लिखा है, वे बनाई गई हैं और असल में नहीं हैं।",
    "hinglish": "Jin par Demo likha hai woh asal mein nahi hain.",
}
_ONE: dict[Language, str] = {
    "en": "Property {id} is {a} {home} for {price}.",
    "hi": "प्रॉपर्टी {id}: {home}, {price}।",
    "hinglish": "Property {id}: {home}, {price}.",
}
_KNOWN: dict[Language, str] = {
    "en": "Its source says: {facts}.",
    "hi": "स्रोत के अनुसार: {facts}।",
    "hinglish": "Source ke hisaab se: {facts}.",
}
_UNKNOWN: dict[Language, str] = {
    "en": "Not told, so unknown: {facts}.",
    "hi": "स्रोत ने नहीं बताया, इसलिए अज्ञात: {facts}।",
    "hinglish": "Source ne nahi bataya, isliye pata nahi: {facts}.",
}
_OFFLINE: dict[Language, str] = {
    "en": "(I am offline: no language model is connected, so I read your words by rules.)",
    "hi": "(मैं ऑफ़लाइन हूँ: कोई भाषा-मॉडल जुड़ा नहीं है, इसलिए मैं आपके शब्द नियमों से पढ़ता हूँ।)",
    "hinglish": "(Main offline hoon: koi language model juda nahi hai, shabd niyamon se padhta hoon.)",
}
_SHORT: dict[Language, str] = {
    "en": "That search shows only {count} properties. Ask for one of those.",
    "hi": "उस खोज में केवल {count} संपत्तियाँ हैं। उनमें से कोई पूछिए।",
    "hinglish": "Us search mein sirf {count} properties hain. Unmein se koi poochiye.",
}
_EMPTY: dict[Language, str] = {
    "en": "That search found nothing, so there is none to choose. Change the question first.",
    "hi": "उस खोज में कुछ नहीं मिला, इसलिए चुनने को कुछ नहीं है। पहले सवाल बदलिए।",
    "hinglish": "Us search mein kuch nahi mila, isliye chunne ko kuch nahi hai. Pehle sawaal badliye.",
}
_FAILED: dict[Language, str] = {
    "en": "I could not do that:",
    "hi": "यह नहीं हो सका:",
    "hinglish": "Yeh nahi ho paya:",
}
_LOCKED = ("sign_in_required:", "insufficient_scope:")
_SIGN_IN: dict[Language, str] = {
    "en": "You need to sign in to do this: {place}",
    "hi": "इसके लिए साइन इन कीजिए: {place}",
    "hinglish": "Iske liye sign in kijiye: {place}",
}
_ACCOUNT: dict[Language, str] = {
    "en": "You are signed in (places: {count}). Your account page has the rest.",
    "hi": "आप साइन इन हैं (जगहें: {count})। बाकी सब आपके खाते के पन्ने पर है।",
    "hinglish": "Aap signed in hain (jagah: {count}). Baaki sab aapke account page par hai.",
}
_ACTIVITY: dict[Language, str] = {
    "en": "This is what was done in your name, the newest first.",
    "hi": "आपके नाम से जो किया गया, वह यह है; सबसे नया पहले।",
    "hinglish": "Aapke naam se jo kiya gaya, woh yeh hai; sabse naya pehle.",
}
_NO_ACTIVITY: dict[Language, str] = {
    "en": "Nothing has been done in your name yet.",
    "hi": "आपके नाम से अभी कुछ नहीं किया गया है।",
    "hinglish": "Aapke naam se abhi kuch nahi kiya gaya hai.",
}
_COMPARED: dict[Language, str] = {
    "en": "Side by side: {homes}.",
    "hi": "साथ-साथ: {homes}।",
    "hinglish": "Saath-saath: {homes}.",
}
_DONE: dict[Doing, dict[Language, str]] = {
    "shortlist_property": {
        "en": "Property {property_id} is on your shortlist.",
        "hi": "प्रॉपर्टी {property_id} आपकी शॉर्टलिस्ट में है।",
        "hinglish": "Property {property_id} aapki shortlist mein hai.",
    },
    "remove_from_shortlist": {
        "en": "Property {property_id} is no longer on your shortlist.",
        "hi": "प्रॉपर्टी {property_id} अब आपकी शॉर्टलिस्ट में नहीं है।",
        "hinglish": "Property {property_id} ab aapki shortlist mein nahi hai.",
    },
    "reveal_contact": {
        "en": "For property {property_id}, call {contact}. They were shown {shown_to_them}.",
        "hi": "प्रॉपर्टी {property_id} के लिए {contact} पर बात कीजिए। उन्हें {shown_to_them} दिखाया गया।",
        "hinglish": "Property {property_id}: {contact} par baat kijiye. Unhe {shown_to_them} dikhaya gaya.",
    },
}
_DENIED: dict[Language, str] = {
    "en": "As you wish: nothing was done.",
    "hi": "जैसी आपकी इच्छा: कुछ नहीं किया गया।",
    "hinglish": "Jaisi aapki marzi: kuch nahi kiya gaya.",
}
_CANNOT: dict[Language, str] = {
    "en": "I am offline and have no search to ask here. Please try again later.",
    "hi": "मैं ऑफ़लाइन हूँ और यहाँ खोज उपलब्ध नहीं है। कृपया बाद में पूछिए।",
    "hinglish": "Main offline hoon aur yahan search nahi hai. Thodi der baad poochiye.",
}
_HELP: dict[Language, str] = {
    "en": (
        "Hello! I find homes, plots, shops and offices in Gurugram. "
        'Ask in your own words, for example "2 BHK under 40k near Cyber City" or '
        '"3 BHK in Sector 57 with parking", '
        'then "the second one", "tell me about property 123" or "shortlist the first one".'
    ),
    "hi": (
        "नमस्ते! मैं गुरुग्राम में घर, प्लॉट, दुकान और दफ़्तर खोजता हूँ। "
        "अपने शब्दों में पूछिए, जैसे “साइबर सिटी के पास 40 हज़ार तक 2 BHK” या “सेक्टर 57 में 3 BHK”, "
        "फिर “दूसरा वाला”, “प्रॉपर्टी 123 के बारे में बताओ” या “पहला वाला शॉर्टलिस्ट करो”।"
    ),
    "hinglish": (
        "Namaste! Main Gurugram mein ghar, plot, dukaan aur office dhoondhta hoon. "
        'Apne shabdon mein poochiye, jaise "Cyber City ke paas 40k tak 2 BHK" ya "Sector 57 mein 3 BHK", '
        'phir "doosra wala", "property 123 ke baare mein batao" ya "pehla wala shortlist karo".'
    ),
}
