"""What the preview of widgets says."""

WORDS = {
    "title": ("Widgets", "विजेट"),
    "lead": (
        "Every widget as hosts show it, before a host does. What is chosen is in the address.",
        "हर विजेट वैसा, जैसा चैट उसे दिखाती है। जो चुना है, वह पते में लिखा है।",
    ),
    "choose": ("What is shown", "क्या दिखे"),
    "widget": ("Widget", "विजेट"),
    "case": ("Answer", "जवाब"),
    "state": ("State", "हालत"),
    "host": ("Host", "होस्ट"),
    "theme": ("Light", "रोशनी"),
    "language": ("Language", "भाषा"),
    "width": ("Width", "चौड़ाई"),
    "mode": ("Display", "आकार"),
    "colours": ("Colours", "रंग"),
    "live": ("Answered by", "जवाब कौन दे"),
    "arguments": ("Asked with", "क्या पूछा"),
    "ask": ("Ask", "पूछें"),
    "again": ("Reload", "फिर लोड करें"),
    "leave": ("Take away", "हटाएँ"),
    "bare": ("Alone", "अकेला"),
    "told": ("What it did", "इसने क्या किया"),
    "forget": ("Clear", "मिटाएँ"),
    "scripts": ("This page needs JavaScript.", "इस पन्ने को JavaScript चाहिए।"),
}
