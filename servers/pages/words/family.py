"""What stands on the page of a shared shortlist."""

WORDS = {
    "title": ("A shared shortlist", "साझा की गई पसंद की सूची"),
    "whose": ("{name} shares", "{name} ने साझा की:"),
    "somebody": ("Shared with you", "आपके साथ साझा की गई"),
    "everybodys": ("Shortlist", "पसंद की सूची"),
    "homes": ("{count} homes", "{count} घर"),
    "one_home": ("One home", "एक घर"),
    "none": ("There is nothing on this list now.", "अभी इस सूची में कुछ नहीं है।"),
    "first": ("The first {count} are shown.", "पहले {count} दिखाए गए हैं।"),
    "until": ("This link works until {day}.", "यह लिंक {day} तक चलेगा।"),
    "gone": ("No longer offered", "अब उपलब्ध नहीं"),
    "see": ("See this home", "यह घर देखें"),
    "note": ("Note", "नोट"),
    "owner": ("shares the list", "सूची इन्हीं की है"),
    "guest": ("guest", "मेहमान"),
    "refused_name_of_another": (
        "This name is that of whoever shares the list, or of 360 Ghar. Please give your own.",
        "यह नाम सूची साझा करने वाले का या 360 घर का है। कृपया अपना नाम लिखें।",
    ),
    "comments": ("Comments", "टिप्पणियाँ"),
    "all": ("About the whole list", "पूरी सूची के बारे में"),
    "say": ("Say something about it", "इसके बारे में कुछ कहें"),
    "name": ("Your name", "आपका नाम"),
    "text": ("What do you think?", "आप क्या सोचते हैं?"),
    "send": ("Send", "भेजें"),
    "seen_by": (
        "Whoever has this link sees your name and what you say.",
        "जिसके पास यह लिंक है, उसे आपका नाम और आपकी बात दिखेगी।",
    ),
    "refused_invalid": (
        "Please give your name, at most 40 characters, and say something, at most 500.",
        "कृपया अपना नाम (40 अक्षरों तक) और अपनी बात (500 अक्षरों तक) लिखें।",
    ),
    "refused_too_many": (
        "That was quick. Wait a minute, then send it again.",
        "बहुत जल्दी हुआ। एक मिनट रुककर फिर भेजें।",
    ),
    "refused": ("This could not be done.", "यह नहीं हो सका।"),
    "own": ("Looking for a home, too? Ask 360 Ghar", "आप भी घर खोज रहे हैं? 360 घर से पूछें"),
}
