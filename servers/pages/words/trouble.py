"""What stands where a page could not be shown."""

WORDS = {
    "title": ("This page cannot be shown now", "यह पेज अभी नहीं दिखाया जा सकता"),
    "away": (
        "We cannot reach our records just now. Nothing of yours is lost. Load the page again in a moment.",
        "अभी हम अपने रिकॉर्ड तक नहीं पहुँच पा रहे। आपका कुछ भी नहीं खोया है। थोड़ी देर में पेज फिर खोलें।",
    ),
    "missing": ("There is nothing here", "यहाँ कुछ नहीं है"),
    "missing_lead": (
        "What the link led to is gone, or a part of it was lost on the way.",
        "हो सकता है कि लिंक का कोई हिस्सा रास्ते में छूट गया हो, या जो यहाँ था वह अब न हो।",
    ),
    "could_not": ("This could not be done.", "यह नहीं हो सका।"),
    "again": ("Load the page again", "पेज फिर खोलें"),
    "home": ("To the first page", "पहले पेज पर जाएँ"),
}
