"""What the second step of signing in says: the code."""

from servers.pages.words.sign_in import REFUSALS

WORDS = REFUSALS | {
    "title": ("Enter the code", "कोड डालें"),
    "sent": ("We sent a code to", "हमने एक कोड यहाँ भेजा है:"),
    "code": ("Code", "कोड"),
    "code_hint": ("6 digits. It works for 10 minutes.", "6 अंक। यह 10 मिनट तक चलेगा।"),
    "check": ("Sign in", "साइन इन करें"),
    "again": ("Send a new code", "नया कोड भेजें"),
    "other": ("Use another phone or e-mail", "दूसरा फ़ोन या ई-मेल डालें"),
}
