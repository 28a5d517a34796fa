"""What stands on the page of a watch."""

WORDS = {
    "title": ("What you watch", "आपकी नज़र में"),
    "on": ("We look for you and tell you what is new.", "हम आपके लिए देखते रहते हैं और नया बताते हैं।"),
    "off": ("You are no longer told of this.", "इसके बारे में अब आपको नहीं बताया जाएगा।"),
    "news": ("What was found", "क्या मिला"),
    "none": ("Nothing yet.", "अभी कुछ नहीं।"),
    "stop": ("Stop telling me", "बताना बंद करें"),
    "again": ("Tell me again", "फिर बताएँ"),
    "see": ("See it", "देखें"),
    "note": (
        "Only this one is meant. What else you watch goes on; all of it is in 360 Ghar.",
        "बात केवल इसी की है। बाकी सब पर नज़र बनी रहेगी; सब कुछ 360 घर में है।",
    ),
}
