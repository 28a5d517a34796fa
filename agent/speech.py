"""Speech: what the offline model says of a tool's answer, in English, Hindi or Hinglish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tools.discovery.understood import Language

Answer = dict[str, Any]


def found(answer: Answer, language: Language) -> str:
    """What a search found."""
    return f"{len(answer['items'])} found. {_OFFLINE[language]}"


def details(answer: Answer, language: Language) -> str:
    """What is known about one property."""
    return f"{answer.get('title')}. {_OFFLINE[language]}"


def no_such_place(count: int, language: Language) -> str:
    """That the search held fewer results than were counted."""
    return _SHORT[language].format(count=count)


def failed(why: str, language: Language) -> str:
    """That a tool refused, and why, in its own words."""
    return f"{_FAILED[language]} {why.partition(': ')[2] or why}"


def cannot(language: Language) -> str:
    """That the tool needed is not there for this person."""
    return _CANNOT[language]


def help_text(language: Language) -> str:
    """What can be asked, with examples."""
    return _HELP[language] + _OFFLINE[language]


_OFFLINE: dict[Language, str] = {
    "en": "I am offline: no language model is connected, so I read your words by rules.",
    "hi": "मैं ऑफ़लाइन हूँ: कोई भाषा-मॉडल जुड़ा नहीं है, इसलिए मैं आपके शब्द नियमों से पढ़ता हूँ और केवल लिस्टिंग बताता हूँ।",
    "hinglish": "Main offline hoon: koi language model juda nahi hai, isliye main sirf listings batata hoon.",
}
_SHORT: dict[Language, str] = {
    "en": "That search shows only {count} properties. Ask for one of those.",
    "hi": "उस खोज में केवल {count} संपत्तियाँ हैं। उनमें से कोई पूछिए।",
    "hinglish": "Us search mein sirf {count} properties hain. Unmein se koi poochiye.",
}
_FAILED: dict[Language, str] = {
    "en": "I could not do that:",
    "hi": "यह नहीं हो सका:",
    "hinglish": "Yeh nahi ho paya:",
}
_CANNOT: dict[Language, str] = {
    "en": "I am offline and have no search to ask here. Please try again later.",
    "hi": "मैं ऑफ़लाइन हूँ और यहाँ खोज उपलब्ध नहीं है। कृपया बाद में पूछिए।",
    "hinglish": "Main offline hoon aur yahan search nahi hai. Thodi der baad poochiye.",
}
_HELP: dict[Language, str] = {
    "en": (
        "Hello! I find homes, plots, shops and offices in Gurugram. "
        'Ask in your own words, for example "2 BHK under 40k near Cyber City" or '
        '"3 BHK in Sector 57 with parking", '
        'then "the second one" or "tell me about property 123".\n'
    ),
    "hi": (
        "नमस्ते! मैं गुरुग्राम में घर, प्लॉट, दुकान और दफ़्तर खोजता हूँ। "
        "अपने शब्दों में पूछिए, जैसे “साइबर सिटी के पास 40 हज़ार तक 2 BHK” या “सेक्टर 57 में 3 BHK”, "
        "फिर “दूसरा वाला” या “प्रॉपर्टी 123 के बारे में बताओ”।\n"
    ),
    "hinglish": (
        "Namaste! Main Gurugram mein ghar, plot, dukaan aur office dhoondhta hoon. "
        'Apne shabdon mein poochiye, jaise "Cyber City ke paas 40k tak 2 BHK" ya "Sector 57 mein 3 BHK", '
        'phir "doosra wala" ya "property 123 ke baare mein batao".\n'
    ),
}
