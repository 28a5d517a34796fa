"""What is said on the way back to an app that was allowed before."""

WORDS = {
    "title": ("You are signed in", "आप साइन इन हो गए हैं"),
    "going": ("Going back to the app.", "ऐप पर लौटा जा रहा है।"),
    "continue": ("Continue to the app", "ऐप पर आगे बढ़ें"),
}
