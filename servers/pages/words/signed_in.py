"""What stands where somebody is signed in already."""

WORDS = {
    "title": ("You are signed in", "आप साइन इन हैं"),
    "as": ("Signed in as", "इस पहचान से साइन इन हैं:"),
    "go_on": ("Continue", "आगे बढ़ें"),
    "sign_out": ("Sign out", "साइन आउट करें"),
}
