"""What stands on the page on which somebody reports something."""

WORDS = {
    "title_property": ("Report this home", "इस घर की शिकायत करें"),
    "title_photo": ("Report this photo", "इस तस्वीर की शिकायत करें"),
    "title_enquiry": ("Report what was said to you", "आपसे कही गई बात की शिकायत करें"),
    "title_comment": ("Report this comment", "इस टिप्पणी की शिकायत करें"),
    "title_done": ("Thank you", "धन्यवाद"),
    "lead": (
        "Our staff look at every report. Whoever it is about does not learn that it was you.",
        "हमारे कर्मचारी हर शिकायत देखते हैं। जिसके बारे में है, उसे पता नहीं चलता कि शिकायत आपने की।",
    ),
    "done": (
        "Somebody will look at it, and we will tell you what came of it.",
        "कोई इसे देखेगा, और जो हुआ वह हम आपको बताएँगे।",
    ),
    "why": ("What is wrong?", "क्या ग़लत है?"),
    "reason_not_real": ("There is no such home, or it is long gone", "ऐसा घर है ही नहीं, या कब का जा चुका"),
    "reason_wrong_facts": ("Price, size or place are wrong", "क़ीमत, आकार या जगह ग़लत है"),
    "reason_scam": ("Somebody wants money in advance, or cheats", "कोई पहले पैसे माँगता है, या धोखा देता है"),
    "reason_abuse": ("It is rude or threatens", "यह अभद्र या धमकी भरा है"),
    "reason_contact_details": ("It shows somebody's contact", "इसमें किसी का संपर्क दिखता है"),
    "reason_discrimination": (
        "It shuts people out for who they are",
        "यह लोगों को उनकी पहचान के कारण बाहर रखता है",
    ),
    "reason_copied": ("It is copied from somebody else", "यह किसी और से नक़ल है"),
    "reason_other": ("Something else", "कुछ और"),
    "words": ("What should we know?", "हमें क्या जानना चाहिए?"),
    "words_hint": (
        "If you like; needed for “something else”. Up to 500 letters.",
        "चाहें तो लिखें; “कुछ और” के लिए ज़रूरी। 500 अक्षर तक।",
    ),
    "send": ("Report it", "शिकायत भेजें"),
    "home": ("To 360 Ghar", "360 घर पर जाएँ"),
    "problem": ("Problem", "समस्या"),
    "wrong": ("That did not work.", "यह नहीं हो पाया।"),
    "nothing_such": ("There is nothing here that you could report.", "यहाँ शिकायत करने लायक़ कुछ नहीं है।"),
    "own_content": (
        "This is your own. You can change it or take it away yourself.",
        "यह आपका अपना है। इसे आप ख़ुद बदल या हटा सकते हैं।",
    ),
    "say_what": ("Please say what it is.", "कृपया लिखें कि क्या है।"),
    "too_many_reports": (
        "You have reported a lot today. We look at that first.",
        "आपने आज बहुत शिकायतें की हैं। पहले हम उन्हें देखेंगे।",
    ),
    "stale_form": (
        "The page was open for too long. Please send it again.",
        "पेज बहुत देर से खुला था। कृपया फिर भेजें।",
    ),
}
