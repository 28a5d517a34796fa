"""What the development outbox says."""

WORDS = {
    "title": ("Outbox", "आउटबॉक्स"),
    "lead": (
        "In development no message leaves this machine. The newest is first; a restart forgets them.",
        "डेवलपमेंट में कोई संदेश इस मशीन से बाहर नहीं जाता। सबसे नया सबसे ऊपर है; दोबारा शुरू करने पर सब मिट जाते हैं।",
    ),
    "nothing": ("Nothing was sent yet.", "अभी तक कुछ नहीं भेजा गया।"),
    "to": ("To", "किसे"),
    "email": ("E-mail", "ई-मेल"),
    "sms": ("Text message", "एसएमएस"),
    "push": ("Push notification", "पुश सूचना"),
    "leads": ("Leads to", "यहाँ ले जाता है:"),
    "looks": ("As it looks", "जैसा दिखता है"),
    "unsubscribe": ("Unsubscribe", "बंद करने का लिंक"),
}
