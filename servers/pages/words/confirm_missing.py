"""What stands where there is nothing to confirm."""

WORDS = {
    "title": ("There is nothing of yours here", "यहाँ आपका कुछ नहीं है"),
    "lead": (
        "Nothing waits for you under this address. It may belong to somebody else, or be long over.",
        "इस पते पर आपके लिए कुछ नहीं है। हो सकता है यह किसी और का हो, या बहुत पहले पूरा हो चुका हो।",
    ),
    "signed_in_as": ("You are signed in as", "आप इस रूप में साइन इन हैं:"),
    "other": ("Sign in as somebody else", "किसी और रूप में साइन इन करें"),
    "account": ("To your account", "अपने खाते पर जाएँ"),
}
