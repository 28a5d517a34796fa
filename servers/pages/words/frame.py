"""What stands on every page."""

WORDS = {
    "brand": ("360 Ghar", "360 घर"),
    "site": ("Site", "साइट"),
    "skip": ("Skip to the content", "सीधे सामग्री पर जाएँ"),
    "other_language": ("हिन्दी", "English"),
}
