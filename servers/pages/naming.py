"""Names that tools are made of, as people read them: in English from the tool itself, in Hindi from here.

A later tool needs nothing here: what has no Hindi is said in English, and marked as English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Named(NamedTuple):
    """A text, and its language where that is not the page's."""

    text: str
    lang: str | None = None


FIELDS: Final[Mapping[str, str]] = {
    "address": "पता",
    "amount": "रक़म",
    "area_unit": "क्षेत्रफल की इकाई",
    "assigned": "सौंपा गया",
    "bedrooms": "कमरे",
    "assignment": "सौंपी गई प्रॉपर्टी",
    "before": "पहले",
    "budget_max": "बजट ज़्यादा से ज़्यादा",
    "budget_min": "बजट कम से कम",
    "campaign": "अभियान",
    "changed": "नया",
    "client": "ऐप",
    "consent": "अनुमति",
    "contact": "संपर्क",
    "created_at": "कब बना",
    "current": "यही",
    "decision": "निर्णय",
    "deletes_at": "खाता मिटेगा इसके बाद",
    "email": "ई-मेल",
    "ended": "बंद हुए साइन इन",
    "ends": "ख़त्म",
    "enquiry": "पूछताछ",
    "flag": "स्विच",
    "from_id": "किससे",
    "id": "संख्या",
    "import_file": "लिस्टिंग की फ़ाइल",
    "into_id": "किसमें",
    "language": "भाषा",
    "lead": "पूछताछ",
    "leaving": "खाता मिटाना",
    "list_id": "सूची",
    "list": "सूची",
    "named_shortlist": "पसंद की सूची",
    "shortlist_link": "साझा करने का लिंक",
    "shortlist_comment": "टिप्पणी",
    "place": "जगह",
    "may": "अनुमति",
    "days": "दिन",
    "watch": "नज़र",
    "state": "स्थिति",
    "often": "कितनी बार",
    "on": "चालू",
    "percent": "प्रतिशत",
    "snoozed_until": "कब तक शांत",
    "kind": "किस्म",
    "localities": "इलाक़े",
    "message": "संदेश",
    "name": "नाम",
    "note": "टिप्पणी",
    "notification_settings": "सूचनाओं की पसंद",
    "person": "व्यक्ति",
    "phone": "फ़ोन",
    "preferences": "पसंद",
    "price": "क़ीमत",
    "profile": "प्रोफ़ाइल",
    "property": "प्रॉपर्टी",
    "purpose": "किसलिए",
    "reason": "कारण",
    "reveal": "दिखाया गया संपर्क",
    "released": "छोड़ी गई प्रॉपर्टी",
    "report": "शिकायत",
    "restriction": "रोक",
    "role": "भूमिका",
    "roles": "भूमिकाएँ",
    "staff": "कर्मचारी",
    "session": "साइन इन",
    "sessions": "साइन इन",
    "shortlist": "पसंद की सूची",
    "shortlisted": "पसंद की सूची में",
    "shown_to_them": "उन्हें दिखाया गया",
    "starts": "शुरू",
    "stage": "कहाँ तक",
    "status": "स्थिति",
    "text": "संदेश",
    "ticket": "माँगी गई बात",
    "title": "शीर्षक",
    "to_id": "किसको",
    "unreachable": "संदेश नहीं पहुँचते",
    "until": "कब तक",
    "swipe": "पसंद या नापसंद",
    "views": "देखी गई प्रॉपर्टी",
    "visit": "विज़िट",
}
CHOICES: Final[Mapping[str, str]] = {
    "admin": "प्रशासक",
    "any": "कोई भी",
    "archived": "बंद",
    "buy": "ख़रीदना",
    "cancelled": "रद्द",
    "confirmed": "पक्का",
    "contacted": "बात हुई",
    "lost": "नहीं हुआ",
    "negotiating": "मोल-भाव",
    "new": "नया",
    "visiting": "देखने जाना",
    "won": "हो गया",
    "en": "अंग्रेज़ी",
    "hi": "हिन्दी",
    "live": "चालू",
    "member": "सदस्य",
    "paused": "रुका हुआ",
    "pg": "पीजी",
    "rent": "किराया",
    "requested": "माँगा गया",
    "sq_ft": "वर्ग फ़ुट",
    "sq_m": "वर्ग मीटर",
    "sq_yd": "वर्ग गज",
    "staff": "कर्मचारी",
}
ENGLISH_CHOICES: Final[Mapping[str, str]] = {
    "en": "English",
    "hi": "Hindi",
    "pg": "PG",
    "sq_ft": "square feet",
    "sq_m": "square metres",
    "sq_yd": "square yards (gaj)",
}
TOOLS: Final[Mapping[str, str]] = {
    "accept_listing": "अपने नाम से लिस्टिंग मानना",
    "add_person": "व्यक्ति जोड़ना",
    "arrange_shortlist": "पसंद की सूची सँभालना",
    "comment_by_link": "टिप्पणी करना",
    "comment_on_shortlist": "टिप्पणी करना",
    "create_watch": "नज़र रखना",
    "delete_shortlist": "पसंद की सूची हटाना",
    "remove_shortlist_comment": "टिप्पणी हटाना",
    "rename_shortlist": "पसंद की सूची का नाम बदलना",
    "share_shortlist": "पसंद की सूची साझा करना",
    "stop_sharing": "साझा करना बंद करना",
    "update_watch": "नज़र रखना बदलना",
    "assign_property": "कर्मचारी को प्रॉपर्टी सौंपना",
    "block_person": "किसी को रोकना",
    "cancel_campaign": "अभियान रोकना",
    "block_time": "समय ख़ाली रखना",
    "cancel_visit": "विज़िट रद्द करना",
    "complete_visit": "विज़िट कैसी रही, यह बताना",
    "confirm_visit": "विज़िट को हाँ कहना",
    "hand_over_visit": "विज़िट सहकर्मी को सौंपना",
    "pick_up_visit": "विज़िट अपने ज़िम्मे लेना",
    "reschedule_visit": "विज़िट का समय बदलना",
    "set_calendar": "अपना कैलेंडर बदलना",
    "set_flag": "हिस्सा चालू या बंद करना",
    "unblock_time": "रोका हुआ समय खोलना",
    "decline_action": "मना करना",
    "delete_my_account": "मेरा खाता मिटाना",
    "draft_campaign": "अभियान लिखना",
    "grant_role": "भूमिका बदलना",
    "handle_report": "शिकायत पर निर्णय",
    "keep_my_account": "मेरा खाता रखना",
    "lift_restriction": "रोक हटाना",
    "report_content": "शिकायत करना",
    "import_listings": "फ़ाइल की लिस्टिंग जोड़ना",
    "merge_places": "दो जगहों को एक करना",
    "rename_place": "जगह का नाम बदलना",
    "reassign_portfolio": "सारी प्रॉपर्टी किसी और को सौंपना",
    "record_bounces": "संदेश लौट आए",
    "remove_from_shortlist": "पसंद की सूची से हटाना",
    "reply_enquiry": "पूछताछ का जवाब देना",
    "request_visit": "विज़िट का समय माँगना",
    "reveal_contact": "संपर्क दिखाना",
    "revoke_session": "एक साइन इन बंद करना",
    "send_campaign": "अभियान भेजना",
    "send_enquiry": "प्रॉपर्टी के बारे में पूछना",
    "share_contact": "अपना संपर्क दिखाने को मानना",
    "shortlist_property": "पसंद की सूची में रखना",
    "sign_out_everywhere": "बाक़ी सब जगह साइन आउट करना",
    "undo_action": "वापस लेना",
    "undo_swipe": "पिछली पसंद वापस लेना",
    "swipe_property": "प्रॉपर्टी पसंद करना या छोड़ना",
    "switch_by_link": "लिंक से संदेशों की पसंद बदलना",
    "unblock_person": "रोक हटाना",
    "update_lead": "पूछताछ कहाँ तक पहुँची",
    "unassign_property": "कर्मचारी से प्रॉपर्टी वापस लेना",
    "update_preferences": "पसंद बदलना",
    "update_profile": "प्रोफ़ाइल बदलना",
    "update_staff_profile": "कर्मचारी प्रोफ़ाइल बदलना",
    "withdraw_consent": "ऐप की अनुमति वापस लेना",
}


ENGLISH_TOOLS: Final[Mapping[str, str]] = {
    "decline_action": "Say no",
    "record_bounces": "Messages came back",
    "switch_by_link": "Change what is sent, by a link",
}


def field(name: str, lang: str) -> Named:
    """A field: "budget_max" is "Budget max", "property_id" is "Property"."""
    plain = name if name == "id" else name.removesuffix("_id")
    return _named(FIELDS.get(name) or FIELDS.get(plain), _words(plain), lang)


def choice(value: str, lang: str) -> Named:
    """One of the values that a field can take: "builder_floor" is "builder floor"."""
    english = ENGLISH_CHOICES.get(value) or value.replace("_", " ")
    return _named(CHOICES.get(value), english, lang)


def subject(name: str, lang: str) -> Named:
    """Something that was touched: "property:5" is "Property 5"."""
    kind, _, which = name.partition(":")
    said = field(kind, lang)
    return Named(f"{said.text} {which}", said.lang)


def tool(name: str, lang: str) -> Named:
    """What a tool does: "update_profile" is "Update profile"."""
    return _named(TOOLS.get(name), ENGLISH_TOOLS.get(name) or _words(name), lang)


def _named(hindi: str | None, english: str, lang: str) -> Named:
    if lang != "hi":
        return Named(english)
    return Named(english, "en") if hindi is None else Named(hindi)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
