// The words of the list of visits, in English and Hindi.

import { dictionary } from "../lib/words.ts";

const EN = {
  title: "Visits", side: "Whose", visitor: "I visit", host: "I show", when: "When", ahead: "Ahead", past: "Past",
  requested: "Requested", confirmed: "Confirmed", completed: "Seen", cancelled: "Cancelled", missed: "Missed",
  you: "waits for your yes", them: "waits for their yes", with: "With", comes: "Visitor", sought: "Somebody is looked for who shows it.",
  byYou: "You cancelled it.", byThem: "They cancelled it.", byUs: "It was cancelled by 360 Ghar.",
  confirm: "Say yes", reschedule: "Another time", cancel: "Cancel", complete: "How was it?",
  change: "Change what you said", calendar: "Add to calendar",
  yourself: "Open it yourself:",
  why: "Why do you cancel it?", whyLead: "The other side is told.", doCancel: "Cancel the visit", keep: "Keep it",
  plans_changed: "My plans have changed", found_another: "I found another home", cannot_come: "I cannot come then",
  no_longer_offered: "It is no longer offered",
  nobody_free: "Nobody was free to show it", not_confirmed: "It was not confirmed in time", other: "Another reason",
  met: "Did you meet?", yes: "Yes", notMet: "They did not come", interest: "How interested are you?", theirInterest: "How interested was the visitor?",
  high: "Very", medium: "Somewhat", low: "Little", none: "Not at all",
  feedback: "What do you think of it?", feedbackHint: "Whoever showed it sees this.", notes: "Your notes", notesHint: "Only you see these.",
  followUp: "Remind me of this visitor on", save: "Save", back: "Back", said: "You said", theySaid: "The visitor said", followsUp: "Reminder on",
  saved: "Saved.", wasConfirmed: "The visit is confirmed.", wasCancelled: "The visit is cancelled.", wasMoved: "Another time is asked for.",
  today: "Today", tomorrow: "Tomorrow", loading: "Looking…", older: "Show more", count: (n: number): string => `${n} ${n === 1 ? "visit" : "visits"} shown`,
  afresh: "The list has changed since, so it begins again.",
  noneAhead: "No visits ahead.", noneAheadLead: "Open a property and ask when you can see it.",
  nonePast: "No visits yet.", noneHost: "Nobody comes to see what you show.",
};

const HI: typeof EN = {
  title: "विज़िट", side: "किसकी", visitor: "देखने की", host: "दिखाने की", when: "कब", ahead: "आगे", past: "बीती",
  requested: "माँगी गई", confirmed: "पक्की", completed: "देख ली", cancelled: "रद्द", missed: "नहीं हुई",
  you: "आपकी हाँ का इंतज़ार है", them: "उनकी हाँ का इंतज़ार है", with: "किसके साथ", comes: "देखने वाले", sought: "दिखाने के लिए किसी को ढूँढा जा रहा है।",
  byYou: "आपने रद्द की।", byThem: "उन्होंने रद्द की।", byUs: "360 घर ने रद्द की।",
  confirm: "हाँ कहें", reschedule: "दूसरा समय", cancel: "रद्द करें", complete: "कैसा रहा?",
  change: "अपनी बात बदलें", calendar: "कैलेंडर में जोड़ें",
  yourself: "इसे ख़ुद खोलें:",
  why: "आप इसे क्यों रद्द कर रहे हैं?", whyLead: "दूसरे पक्ष को बताया जाएगा।", doCancel: "विज़िट रद्द करें", keep: "रहने दें",
  plans_changed: "मेरी योजना बदल गई है", found_another: "मुझे दूसरा घर मिल गया", cannot_come: "तब आना संभव नहीं", no_longer_offered: "यह अब उपलब्ध नहीं है",
  nobody_free: "दिखाने के लिए कोई ख़ाली नहीं था", not_confirmed: "समय रहते पुष्टि नहीं हुई", other: "कोई और कारण",
  met: "क्या आप मिले?", yes: "हाँ", notMet: "वे नहीं आए", interest: "आपकी कितनी रुचि है?", theirInterest: "देखने वाले की कितनी रुचि थी?",
  high: "बहुत", medium: "कुछ", low: "कम", none: "बिल्कुल नहीं",
  feedback: "आपको कैसा लगा?", feedbackHint: "दिखाने वाले इसे देखेंगे।", notes: "आपके नोट", notesHint: "इन्हें सिर्फ़ आप देखते हैं।",
  followUp: "इनकी याद दिलाएँ", save: "सहेजें", back: "वापस", said: "आपने कहा", theySaid: "देखने वाले ने कहा", followsUp: "याद दिलाएँगे",
  saved: "सहेजा गया।", wasConfirmed: "विज़िट पक्की हुई।", wasCancelled: "विज़िट रद्द हुई।", wasMoved: "दूसरा समय माँगा गया।",
  today: "आज", tomorrow: "कल", loading: "देख रहे हैं…", older: "और दिखाएँ", count: (n) => `${n} विज़िट दिखाई गईं`,
  afresh: "इस बीच सूची बदल गई है, इसलिए यह फिर शुरू से है।",
  noneAhead: "आगे कोई विज़िट नहीं है।", noneAheadLead: "कोई प्रॉपर्टी खोलें और देखने का समय माँगें।",
  nonePast: "अभी तक कोई विज़िट नहीं हुई।", noneHost: "आपकी दिखाई प्रॉपर्टी देखने कोई नहीं आ रहा।",
};

export const say = dictionary(EN, HI);
