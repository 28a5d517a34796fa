"""What the first step of signing in says: a phone number or an e-mail address."""

REFUSALS = {
    "not_a_contact": (
        "This is neither a phone number nor an e-mail address. Check it and try again.",
        "यह न फ़ोन नंबर है, न ई-मेल पता। इसे जाँचकर फिर कोशिश करें।",
    ),
    "stale_form": (
        "This page was open for too long. Please try once more.",
        "यह पेज बहुत देर से खुला था। कृपया एक बार फिर कोशिश करें।",
    ),
    "too_many_codes": (
        "Too many codes were sent to this phone or e-mail address.",
        "इस फ़ोन या ई-मेल पर बहुत सारे कोड भेजे जा चुके हैं।",
    ),
    "too_many_attempts": (
        "There were too many wrong codes for this phone or e-mail address today.",
        "इस फ़ोन या ई-मेल के लिए आज बहुत बार गलत कोड डाला गया है।",
    ),
    "wrong_code": (
        "This code is not right, or no longer valid. Check it, or ask for a new one.",
        "यह कोड सही नहीं है, या अब मान्य नहीं है। इसे जाँचें, या नया कोड माँगें।",
    ),
    "undelivered": (
        "The code could not be sent. Check the phone number or e-mail address, or try again in a moment.",
        "कोड भेजा नहीं जा सका। फ़ोन नंबर या ई-मेल पता जाँचें, या थोड़ी देर में फिर कोशिश करें।",
    ),
    "no_mail": (
        "E-mail cannot be sent here. Sign in with a phone number.",
        "यहाँ से ई-मेल नहीं भेजा जा सकता। फ़ोन नंबर से साइन इन करें।",
    ),
    "no_text_messages": (
        "Text messages cannot be sent here. Sign in with an e-mail address.",
        "यहाँ से एसएमएस नहीं भेजा जा सकता। ई-मेल पते से साइन इन करें।",
    ),
    "wait_minutes": ("Try again in {wait} min.", "{wait} मिनट बाद फिर कोशिश करें।"),
    "wait_hours": ("Try again in about {wait} hours.", "लगभग {wait} घंटे बाद फिर कोशिश करें।"),
    "error": ("Error", "त्रुटि"),
}

WORDS = REFUSALS | {
    "title": ("Sign in", "साइन इन करें"),
    "lead": (
        "We send you a code; there is no password. If you are new here, this also opens your account.",
        "हम आपको एक कोड भेजेंगे; पासवर्ड की ज़रूरत नहीं। अगर आप यहाँ नए हैं, तो इसी से आपका खाता भी खुल जाएगा।",
    ),
    "contact": ("Phone number or e-mail address", "फ़ोन नंबर या ई-मेल पता"),
    "contact_hint": (
        "Indian numbers need no +91. Others begin with + and the country code.",
        "भारतीय नंबर के लिए +91 ज़रूरी नहीं। बाकी नंबर + और देश के कोड से शुरू करें।",
    ),
    "send": ("Send the code", "कोड भेजें"),
}
