"""What stands on the page that is read before an account is deleted."""

WORDS = {
    "title": ("Delete your account", "अपना खाता मिटाएँ"),
    "lead": ("Read what happens first.", "पहले पढ़ें कि क्या होगा।"),
    "now": ("For the next days", "अगले कुछ दिन"),
    "now_text": (
        "Everything works as before for {days} days. Sign in during that time and choose "
        "“Keep my account”, and nothing is deleted.",
        "{days} दिन तक सब पहले की तरह चलेगा। इस बीच साइन इन करके “मेरा खाता रखें” चुनें, तो कुछ नहीं मिटेगा।",
    ),
    "then": ("After that", "उसके बाद"),
    "then_profile": (
        "Your name, phone, e-mail, language and preferences are erased.",
        "आपका नाम, फ़ोन, ई-मेल, भाषा और पसंद मिटा दी जाएँगी।",
    ),
    "then_signed_in": (
        "Every browser and app is signed out, and the list of them is erased.",
        "हर ब्राउज़र और ऐप साइन आउट हो जाएगा, और उनकी सूची मिटा दी जाएगी।",
    ),
    "then_apps": (
        "What you allowed apps to do is withdrawn and erased.",
        "ऐप्स को दी गई सारी अनुमतियाँ वापस लेकर मिटा दी जाएँगी।",
    ),
    "then_row": (
        "A number without any of this stays, so that nobody else is ever taken for you.",
        "इनमें से कुछ भी न बताने वाली एक संख्या बची रहेगी, ताकि कोई और कभी आप न समझा जाए।",
    ),
    "copy_first": ("Want a copy before?", "पहले एक प्रति चाहिए?"),
    "export": ("Download my data", "मेरा डेटा डाउनलोड करें"),
    "delete": ("Delete my account", "मेरा खाता मिटाएँ"),
    "back": ("Back", "वापस"),
}
