"""What the consent page says."""

WORDS = {
    "title": ("Connect an app", "ऐप जोड़ें"),
    "unnamed": ("An app without a name", "बिना नाम का ऐप"),
    "wants": ("wants to connect to your 360 Ghar account", "आपके 360 घर खाते से जुड़ना चाहता है"),
    "wants_staff": (
        "wants to connect to 360 Ghar's server for staff on your behalf",
        "आपकी ओर से 360 घर के कर्मचारी सर्वर से जुड़ना चाहता है",
    ),
    "signed_in_as": ("You are signed in as", "आप इस रूप में साइन इन हैं:"),
    "it_may": ("If you allow it, this app can:", "अनुमति देने पर यह ऐप ये काम कर सकेगा:"),
    "answer_goes_to": ("The answer goes to", "जवाब यहाँ जाएगा:"),
    "this_computer": ("an app on this computer", "इस कंप्यूटर का कोई ऐप"),
    "verified": ("Known by its address", "पते से पहचाना गया"),
    "unverified": ("Not verified", "सत्यापित नहीं"),
    "unverified_note": (
        "The app chose its name itself. Allow it only if you have just started this yourself.",
        "यह नाम ऐप ने खुद चुना है। अनुमति तभी दें जब यह आपने अभी खुद शुरू किया हो।",
    ),
    "verified_note": (
        "Trust the address rather than the name: the app chose its name itself.",
        "नाम पर नहीं, पते पर भरोसा करें: नाम ऐप ने खुद चुना है।",
    ),
    "local_note": (
        "Any app on this computer could use this name, so you are asked every time.",
        "इस कंप्यूटर का कोई भी ऐप यह नाम ले सकता है, इसलिए हर बार पूछा जाता है।",
    ),
    "withdraw_note": (
        "You can end this at any time on your account page.",
        "आप इसे अपने खाता पन्ने पर कभी भी बंद कर सकते हैं।",
    ),
    "allow": ("Allow", "अनुमति दें"),
    "deny": ("Deny", "मना करें"),
    "staff_only": (
        "This app asks for the server that is for our staff only, and your account is not a staff account.",
        "यह ऐप वह सर्वर माँग रहा है जो केवल हमारे कर्मचारियों के लिए है, और आपका खाता कर्मचारी खाता नहीं है।",
    ),
    "too_much": (
        "This app asks for nothing that your account is able to do.",
        "यह ऐप ऐसा कुछ नहीं माँग रहा जो आपका खाता कर सके।",
    ),
    "back": ("Go back to the app", "ऐप पर लौटें"),
}
