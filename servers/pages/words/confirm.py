"""What stands on the page where something waits for its person."""

WORDS = {
    "title_waiting": ("Do you want this?", "क्या आप यह चाहते हैं?"),
    "title_done": ("Done", "हो गया"),
    "title_declined": ("Declined", "मना कर दिया गया"),
    "title_void": ("Something has changed", "कुछ बदल गया है"),
    "title_expired": ("This has expired", "इसका समय निकल गया"),
    "lead_waiting": (
        "Nothing has been done yet. It happens only if you say yes here.",
        "अभी कुछ नहीं किया गया है। यह तभी होगा जब आप यहाँ हाँ कहें।",
    ),
    "lead_done": ("You said yes, and this was done once.", "आपने हाँ कहा, और यह एक बार किया गया।"),
    "lead_declined": (
        "You said no, and nothing was done. It cannot be done any more unless it is asked for anew.",
        "आपने मना किया, और कुछ नहीं किया गया। फिर से माँगे बिना यह अब नहीं हो सकता।",
    ),
    "lead_void": (
        "What you were shown is not so any more, or whoever asked was signed out since. Nothing was done.",
        "यहाँ जो दिखाया गया था, वह अब वैसा नहीं है, या जिसने माँगा था वह साइन आउट हो चुका है। कुछ नहीं किया गया।",
    ),
    "lead_expired": (
        "It waited too long, so nothing was done.",
        "इसने बहुत देर इंतज़ार किया, इसलिए कुछ नहीं किया गया।",
    ),
    "what": ("What happens", "क्या होगा"),
    "whom": ("To whom or what", "किसे या किसका"),
    "costs": ("What it costs", "ख़र्च"),
    "nothing": ("Nothing", "कुछ नहीं"),
    "until": ("Lasts, or can be taken back, until", "कब तक चलेगा या वापस हो सकेगा"),
    "asked_by": ("Who asked", "किसने माँगा"),
    "asked_at": ("Asked on", "कब माँगा"),
    "by_mcp": ("an app or assistant of yours", "आपका कोई ऐप या असिस्टेंट"),
    "by_agent": ("the chat on our page", "हमारे पेज की चैट"),
    "by_rest": ("an app of yours", "आपका कोई ऐप"),
    "by_cli": ("a program on a computer", "कंप्यूटर का कोई प्रोग्राम"),
    "decide_before": ("Decide before", "इससे पहले तय करें"),
    "decided_at": ("Decided", "कब तय हुआ"),
    "reason_given": ("Your reason", "आपका कारण"),
    "details": ("In detail", "विस्तार से"),
    "whole_answer": ("The whole answer", "पूरा जवाब"),
    "answer": ("What came of it", "नतीजा"),
    "unexpected": (
        "Did you not expect this? Then say no. Nothing happens, and this can no longer be done.",
        "क्या आपको इसकी उम्मीद नहीं थी? तो मना करें। कुछ नहीं होगा, और यह फिर नहीं किया जा सकेगा।",
    ),
    "confirm": ("Yes, do this", "हाँ, यह करें"),
    "decline": ("No, do not do this", "नहीं, यह न करें"),
    "reason": ("Why not? You need not say.", "क्यों नहीं? बताना ज़रूरी नहीं।"),
    "reason_hint": ("We keep it with your answer.", "हम इसे आपके जवाब के साथ रखते हैं।"),
    "again": ("Ask again, as it is now", "जैसा अब है, फिर से पूछें"),
    "account": ("To your account", "अपने खाते पर जाएँ"),
    "close": (
        "You can close this page and go back to where you were.",
        "अब यह पेज बंद करके वहीं लौट सकते हैं जहाँ थे।",
    ),
    # What could not be done.
    "problem": ("Error", "गड़बड़ी"),
    "wrong": ("This could not be done, and nothing has changed.", "यह नहीं हो सका, और कुछ नहीं बदला।"),
    "still": ("It still waits for you.", "यह अब भी आपका इंतज़ार कर रहा है।"),
    "refused_stale_form": (
        "The page was too old, so nothing was done. Please decide here.",
        "पेज पुराना हो गया था, इसलिए कुछ नहीं किया गया। कृपया यहीं तय करें।",
    ),
    "refused_conflict": (
        "Something else was changed at the same moment. Please try again.",
        "उसी समय कुछ और बदला जा रहा था। कृपया फिर कोशिश करें।",
    ),
    "refused_unavailable": (
        "This could not be reached just now. Please try again in a moment.",
        "अभी यहाँ तक नहीं पहुँचा जा सका। कृपया थोड़ी देर में फिर कोशिश करें।",
    ),
    "refused_timed_out": (
        "This took too long and was stopped. Please try again.",
        "इसमें बहुत देर लगी और इसे रोक दिया गया। कृपया फिर कोशिश करें।",
    ),
    "refused_invalid": (
        "Something was not filled in rightly. A reason has at most 500 characters.",
        "कुछ ठीक से नहीं भरा गया। कारण 500 अक्षरों तक का हो सकता है।",
    ),
    "refused_too_many": (
        "That was done too often. Wait a little and repeat it.",
        "यह बहुत बार किया गया। थोड़ा रुककर फिर करें।",
    ),
    "refused_too_many_waiting": (
        "Too many things wait for you. Decide some of them first.",
        "बहुत सारी बातें आपका इंतज़ार कर रही हैं। पहले उनमें से कुछ तय करें।",
    ),
    "refused_last_admin": (
        "You are the last administrator. Make somebody else one first.",
        "आप आख़िरी प्रशासक हैं। पहले किसी और को प्रशासक बनाएँ।",
    ),
}
