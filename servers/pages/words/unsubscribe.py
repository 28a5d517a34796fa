"""What the page behind the link in an e-mail says."""

WORDS = {
    "title_ask": ("Stop these messages?", "ये संदेश बंद करें?"),
    "title_off": ("They have stopped", "संदेश बंद हो गए"),
    "title_on": ("They are on again", "संदेश फिर चालू हैं"),
    "ask": ("360 Ghar will no longer send you:", "360 घर आपको अब ये नहीं भेजेगा:"),
    "off": ("360 Ghar no longer sends you:", "360 घर अब आपको ये नहीं भेजता:"),
    "on": ("360 Ghar sends you again:", "360 घर आपको फिर भेजेगा:"),
    "transactional_email": (
        "E-mails about what you or others did here, such as visits",
        "यहाँ आपके या दूसरों के किए काम के बारे में ई-मेल, जैसे विज़िट",
    ),
    "system_email": ("E-mails about your account", "आपके खाते के बारे में ई-मेल"),
    "marketing_email": ("E-mails with offers", "ऑफ़र वाले ई-मेल"),
    "transactional_sms": (
        "Text messages about what you or others did here, such as visits",
        "यहाँ आपके या दूसरों के किए काम के बारे में एसएमएस, जैसे विज़िट",
    ),
    "system_sms": ("Text messages about your account", "आपके खाते के बारे में एसएमएस"),
    "marketing_sms": ("Text messages with offers", "ऑफ़र वाले एसएमएस"),
    "transactional_push": (
        "Push notifications about what you or others did here, such as visits",
        "यहाँ आपके या दूसरों के किए काम के बारे में सूचनाएँ, जैसे विज़िट",
    ),
    "system_push": ("Push notifications about your account", "आपके खाते के बारे में सूचनाएँ"),
    "marketing_push": ("Push notifications with offers", "ऑफ़र वाली सूचनाएँ"),
    "stop": ("Stop them", "बंद करें"),
    "again": ("Turn them on again", "फिर चालू करें"),
    "note": (
        "Your inbox in 360 Ghar still tells you what concerns your account. Nothing else changes.",
        "आपके खाते से जुड़ी बातें 360 घर के इनबॉक्स में फिर भी दिखेंगी। और कुछ नहीं बदलता।",
    ),
}
