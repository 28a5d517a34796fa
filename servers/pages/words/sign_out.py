"""What the page for signing out says."""

WORDS = {
    "title": ("Sign out", "साइन आउट करें"),
    "lead": (
        "This ends the sign-in of this browser. Connected apps stay connected.",
        "इससे इस ब्राउज़र का साइन इन ख़त्म हो जाएगा। जुड़े हुए ऐप जुड़े रहेंगे।",
    ),
    "sign_out": ("Sign out", "साइन आउट करें"),
    "stay": ("Stay signed in", "साइन इन रहें"),
}
