"""What people are told about enquiries, and about what is done for them by staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from tools.contract import Model
from tools.notice import Line, Notice

_DAY: Final = timedelta(days=1)


class AboutContact(Model):
    reveal_id: int
    title: Line
    """Of the property."""


class AboutEnquiry(Model):
    enquiry_id: int
    title: Line
    """Of the property."""


class AboutAgreed(AboutEnquiry):
    reveal_id: int
    """Another owner who agrees later is another thing to hear of."""


class AboutMessage(AboutEnquiry):
    message_id: int


class AboutAsking(AboutEnquiry):
    ticket: str
    """With which the owner agrees."""


class AboutLeads(Model):
    job: str
    """What gave them away, so that it is told once."""

    properties: int


class AboutGiven(Model):
    at: datetime
    enquiries: int


class AboutAccepted(Model):
    property_id: int
    title: Line


class AboutListing(AboutAccepted):
    who: Line
    """The member of staff."""

    ticket: str


TYPES: Final[Mapping[str, Notice]] = {
    "contact_shown": Notice(
        category="transactional",
        takes=AboutContact,
        english=(
            "Your contact was shown",
            "Somebody who asks about “{title}” was shown how to reach you.",
        ),
        hindi=("आपका संपर्क दिखाया गया", "“{title}” के बारे में पूछने वाले को आपका संपर्क दिखाया गया।"),
        once="{reveal_id}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
        per_day=20,
        per_week=100,
    ),
    "contact_wanted": Notice(
        category="transactional",
        takes=AboutAsking,
        english=(
            "Somebody asks for your contact",
            "Somebody who asks about “{title}” would like to reach you. Say yes or no within seven days; "
            "until then they are shown nothing.",
        ),
        hindi=(
            "कोई आपका संपर्क चाहता है",
            "“{title}” के बारे में पूछने वाला आपसे संपर्क करना चाहता है। सात दिन में हाँ या ना कहें; तब तक उसे कुछ नहीं "
            "दिखाया जाएगा।",
        ),
        once="{ticket}",
        channels=("in_app", "push", "email"),
        lives=7 * _DAY,
        per_day=10,
        link="/confirm/{ticket}",
    ),
    "contact_agreed": Notice(
        category="transactional",
        takes=AboutAgreed,
        english=(
            "You can reach the owner",
            "The owner of “{title}” agreed: you were shown to each other. Your contacts stand under the "
            "enquiry.",
        ),
        hindi=(
            "अब आप मालिक से संपर्क कर सकते हैं",
            "“{title}” के मालिक मान गए: आप दोनों को एक-दूसरे का संपर्क दिखाया गया। यह पूछताछ के साथ रखा है।",
        ),
        once="{reveal_id}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
        per_day=20,
    ),
    "enquiry_message": Notice(
        category="transactional",
        takes=AboutMessage,
        english=("A new message", "There is a new message about “{title}”."),
        hindi=("नया संदेश", "“{title}” के बारे में नया संदेश आया है।"),
        once="{message_id}",
        channels=("in_app", "push", "email"),
        lives=2 * _DAY,
        per_day=40,
    ),
    "leads_given": Notice(
        category="system",
        takes=AboutLeads,
        english=(
            "You look after more",
            "{properties} more properties were given to you, with their leads.",
        ),
        hindi=("आपको और प्रॉपर्टी मिलीं", "आपको {properties} और प्रॉपर्टी सौंपी गईं, उनकी पूछताछ के साथ।"),
        once="{job}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
    ),
    "enquiries_given": Notice(
        category="system",
        takes=AboutGiven,
        english=(
            "Enquiries are yours to answer",
            "Whoever answered them before no longer does. They are {enquiries} in number; see which wait for "
            "a word from you.",
        ),
        hindi=(
            "कुछ पूछताछ अब आपकी हैं",
            "इनका जवाब देने वाले अब नहीं हैं। ऐसी पूछताछ: {enquiries}; देखें, कौन-सी आपके जवाब का इंतज़ार कर रही हैं।",
        ),
        once="{at}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
    ),
    "listing_accepted": Notice(
        category="transactional",
        takes=AboutAccepted,
        english=("The owner agreed", "“{title}” is in your portfolio. Hand it in for review."),
        hindi=("मालिक मान गए", "“{title}” अब आपको सौंपी गई है। इसे जाँच के लिए दें।"),
        once="{property_id}",
        channels=("in_app", "push", "email"),
        lives=3 * _DAY,
        per_day=20,
    ),
    "listing_offered": Notice(
        category="transactional",
        takes=AboutListing,
        english=(
            "Somebody would list your property",
            "{who} wrote “{title}” down for you. It is listed only if you agree within seven days.",
        ),
        hindi=(
            "आपकी प्रॉपर्टी की लिस्टिंग तैयार है",
            "{who} ने आपके लिए “{title}” लिखी है। यह तभी लिस्ट होगी जब आप सात दिन में हाँ कहेंगे।",
        ),
        once="{ticket}",
        channels=("in_app", "push", "email", "sms"),
        lives=7 * _DAY,
        per_day=5,
        link="/confirm/{ticket}",
    ),
}
