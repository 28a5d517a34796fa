// What a ticket says to its person, in English and Hindi, as our own page says it.

import { dictionary } from "./words.ts";

const EN = {
  title_waiting: "Waiting for your yes or no", title_done: "Done", title_declined: "You said no", title_void: "Something has changed",
  title_expired: "This has expired",
  lead_waiting: "Nothing has been done yet.", lead_done: "You said yes, and this was done once.",
  lead_declined: "Nothing was done. It has to be asked for anew if you want it after all.",
  lead_void: "What you were shown is not so any more, or the same was decided elsewhere. Nothing was done here.",
  lead_expired: "It waited too long, so nothing was done.",
  done_elsewhere: "You said yes to this elsewhere, and it was done once.", declined_elsewhere: "You said no to this elsewhere. Nothing was done.",
  whom: "To whom or what", costs: "What it costs", nothing: "Nothing", until: "Lasts, or can be taken back, until", before: "Decide before",
  decidedAt: "Decided", reasonGiven: "Your reason", details: "In detail", answer: "What came of it",
  left: (time: string): string => `${time} left`, lastMinute: "Less than a minute left to decide.",
  here: "You can confirm this here. It happens once, exactly as shown.",
  onPage: "Only you can confirm this, on our own page. It happens once, exactly as shown.",
  confirm: "Yes, do this", decline: "No", page: "Decide on our page", decided: "I have decided", checking: "Looking…", doing: "Doing it…",
  declining: "Saying no…", back: "Back", sayNo: "Say no",
  reason: "Why not? You need not say.", reasonHint: "It is kept with your answer, and the assistant can read it.",
  opened: "Decide on the page that has opened, then come back here.",
  address: "This chat does not open pages. Open this address in a browser where you are signed in:",
  still: "Nothing has changed, and it still waits for you.", unsure: "The answer did not arrive, so it is not known yet whether this was done.",
  look: "Look again", again: "Ask again", askedAgain: "Asked in the chat.", askYourself: "Ask for it again in the chat.",
  againPlease: (what: string): string => `Please prepare this for me once more, as it is now: ${what}`,
  undecided: "It still waits: nothing has been decided yet.",
  noted: "Your answer is noted. It counts once everything that waits beside it is decided.",
};

const HI: typeof EN = {
  title_waiting: "आपकी हाँ या ना का इंतज़ार", title_done: "हो गया", title_declined: "आपने मना किया", title_void: "कुछ बदल गया है",
  title_expired: "इसका समय निकल गया",
  lead_waiting: "अभी कुछ नहीं किया गया है।", lead_done: "आपने हाँ कहा, और यह एक बार किया गया।",
  lead_declined: "कुछ नहीं किया गया। अगर फिर भी चाहिए तो इसे नए सिरे से माँगना होगा।",
  lead_void: "यहाँ जो दिखाया गया था, वह अब वैसा नहीं है, या वही बात कहीं और तय हो चुकी है। यहाँ कुछ नहीं किया गया।",
  lead_expired: "इसने बहुत देर इंतज़ार किया, इसलिए कुछ नहीं किया गया।",
  done_elsewhere: "आपने कहीं और हाँ कहा, और यह एक बार किया गया।", declined_elsewhere: "आपने कहीं और मना किया। कुछ नहीं किया गया।",
  whom: "किसे या किसका", costs: "ख़र्च", nothing: "कुछ नहीं", until: "कब तक चलेगा या वापस हो सकेगा", before: "इससे पहले तय करें",
  decidedAt: "कब तय हुआ", reasonGiven: "आपका कारण", details: "विस्तार से", answer: "नतीजा",
  left: (time) => `${time} बाक़ी`, lastMinute: "तय करने के लिए एक मिनट से कम बचा है।",
  here: "इसे आप यहीं पक्का कर सकते हैं। यह एक ही बार होगा, ठीक वैसा जैसा दिखाया गया है।",
  onPage: "इसे सिर्फ़ आप, हमारे अपने पेज पर, पक्का कर सकते हैं। यह एक ही बार होगा, ठीक वैसा जैसा दिखाया गया है।",
  confirm: "हाँ, यह करें", decline: "नहीं", page: "हमारे पेज पर तय करें", decided: "मैंने तय कर लिया", checking: "देख रहे हैं…", doing: "कर रहे हैं…",
  declining: "मना कर रहे हैं…", back: "वापस", sayNo: "मना करें",
  reason: "क्यों नहीं? बताना ज़रूरी नहीं।", reasonHint: "यह आपके जवाब के साथ रखा जाता है, और असिस्टेंट इसे पढ़ सकता है।",
  opened: "जो पेज खुला है, उस पर तय करें, फिर यहाँ लौटें।",
  address: "यह चैट पेज नहीं खोलती। यह पता उस ब्राउज़र में खोलें जिसमें आपने साइन इन किया है:",
  still: "कुछ नहीं बदला, और यह अब भी आपका इंतज़ार कर रहा है।", unsure: "जवाब नहीं पहुँचा, इसलिए अभी पता नहीं कि यह हुआ या नहीं।",
  look: "फिर देखें", again: "फिर से पूछें", askedAgain: "चैट में पूछ लिया गया।", askYourself: "इसे चैट में फिर से माँगें।",
  againPlease: (what) => `कृपया इसे जैसा अब है, मेरे लिए एक बार फिर तैयार करें: ${what}`,
  undecided: "यह अब भी इंतज़ार में है: अभी कुछ तय नहीं हुआ।",
  noted: "आपका जवाब मिल गया। साथ में जो इंतज़ार कर रहा है, वह सब तय होते ही यह लागू होगा।",
};

export const say = dictionary(EN, HI);

const REFUSED_HI: Readonly<Record<string, string>> = {
  conflict: "उसी समय कुछ और बदला जा रहा था। कृपया फिर कोशिश करें।",
  unavailable: "अभी यहाँ तक नहीं पहुँचा जा सका। कृपया थोड़ी देर में फिर कोशिश करें।",
  timed_out: "इसमें बहुत देर लगी और इसे रोक दिया गया। कृपया फिर कोशिश करें।",
  too_many: "यह बहुत बार किया गया। थोड़ा रुककर फिर करें।",
  too_many_waiting: "बहुत सारी बातें आपका इंतज़ार कर रही हैं। पहले उनमें से कुछ तय करें।",
  last_admin: "आप आख़िरी प्रशासक हैं। पहले किसी और को प्रशासक बनाएँ।",
  slot_taken: "उस समय कोई और यह प्रॉपर्टी देख रहा है। दूसरा समय चुनें।",
  already_visiting: "उस समय आप पहले से कोई प्रॉपर्टी देख रहे हैं। दूसरा समय चुनें, या पहले वह विज़िट रद्द करें।",
  too_soon: "कम से कम दो घंटे बाद का समय चुनें।", too_far_ahead: "अगले 60 दिनों के भीतर का समय चुनें।",
  too_many_visits: "आपकी जितनी विज़िट एक साथ हो सकती हैं, उतनी हो चुकी हैं। पहले एक रद्द करें।",
  too_many_contacts: "आपको एक दिन में बहुत सारे संपर्क दिखाए गए। कल फिर पूछें।",
  nobody_looks_after_it: "इस प्रॉपर्टी को ऐसा कोई नहीं सँभालता जिससे संपर्क हो सके।",
  no_such_ticket: "यहाँ आपके तय करने के लिए कुछ नहीं है।",
  undone_already: "यह पहले ही वापस लिया जा चुका है।", too_late_to_undo: "इसे वापस लेने का समय निकल चुका है।",
  not_undoable: "इसे वापस नहीं लिया जा सकता।", no_such_activity: "आपने ऐसा कुछ नहीं किया।",
  others_depend_on_it: "इसे वापस नहीं लिया जा सकता: बाद में किया गया कुछ इस पर निर्भर है।",
};

/** A refusal in Hindi, where we have it. */
export const refusedInHindi = (code: string): string | undefined => REFUSED_HI[code];
