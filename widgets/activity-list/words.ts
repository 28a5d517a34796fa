// The words of the list of what was done, in English and Hindi.

import { dictionary } from "../lib/words.ts";

const EN = {
  mine: "What was done in your name", of: (id: number): string => `What person No. ${id} did, or had done to them`,
  show: "Show", everything: "Everything", when: "When", always: "At any time", since: (when: string): string => `Since ${when}`, week: "Last 7 days", month: "Last 30 days",
  about: (subject: string): string => `Only about ${subject}`, forget: "Show everything again",
  none: "Nothing was done yet.", noneLead: "Whatever you, your apps or our staff change will stand here.", noneSuch: "Nothing like that was done.",
  byStaff: "by our staff", byPlatform: "by 360 Ghar itself", byPerson: (id: number): string => `by person No. ${id}`, toPerson: (id: number): string => `to person No. ${id}`,
  over_mcp: "by an app or assistant", over_agent: "in the chat", over_rest: "by an app", over_cli: "by a program",
  confirmed: "after your yes", confirmedTheirs: "after their yes", tookBack: "took something back",
  was: "was", isNow: "is now", nothing: "nothing", added: "New", gone: "Gone", changed: "Changed", changedTo: "changed, not shown here",
  more: (n: number): string => `${n} more ${n === 1 ? "change" : "changes"}`,
  undo: "Take back", undoOf: (what: string): string => `Take back: ${what}`, until: (when: string): string => `until ${when}`,
  sure: (what: string): string => `Take back “${what}”? Things will be as they were before.`, yes: "Yes, take it back", no: "Leave it",
  taking: "Taking it back…", taken: (what: string): string => `Taken back: ${what}.`, takenOn: (when: string): string => `Taken back on ${when}`,
  over: "Too late to take back", possible: (when: string): string => `Can be taken back until ${when}`,
  older: "Show what was before", loading: "Looking…", count: (n: number): string => `${n} ${n === 1 ? "entry" : "entries"} shown`,
  afresh: "The list has changed since, so it begins again.", failed: "That did not work.", retry: "Try again",
};

const HI: typeof EN = {
  mine: "आपके नाम से क्या हुआ", of: (id) => `व्यक्ति नं. ${id} ने क्या किया, या उनके लिए क्या किया गया`,
  show: "दिखाएँ", everything: "सब कुछ", when: "कब", always: "कभी भी", since: (when) => `${when} से`, week: "पिछले 7 दिन", month: "पिछले 30 दिन",
  about: (subject) => `सिर्फ़ ${subject}`, forget: "फिर से सब दिखाएँ",
  none: "अभी कुछ नहीं हुआ।", noneLead: "आप, आपके ऐप या हमारे कर्मचारी जो बदलेंगे, वह यहाँ दिखेगा।", noneSuch: "ऐसा कुछ नहीं हुआ।",
  byStaff: "हमारे कर्मचारी द्वारा", byPlatform: "360 घर द्वारा", byPerson: (id) => `व्यक्ति नं. ${id} द्वारा`, toPerson: (id) => `व्यक्ति नं. ${id} के लिए`,
  over_mcp: "किसी ऐप या असिस्टेंट से", over_agent: "चैट में", over_rest: "किसी ऐप से", over_cli: "किसी प्रोग्राम से",
  confirmed: "आपकी हाँ के बाद", confirmedTheirs: "उनकी हाँ के बाद", tookBack: "कुछ वापस लिया गया",
  was: "पहले", isNow: "अब", nothing: "कुछ नहीं", added: "नया", gone: "हटाया गया", changed: "बदला", changedTo: "बदला गया, यहाँ नहीं दिखाया",
  more: (n) => `${n} और बदलाव`,
  undo: "वापस लें", undoOf: (what) => `वापस लें: ${what}`, until: (when) => `${when} तक`,
  sure: (what) => `“${what}”: इसे वापस लें? सब वैसा हो जाएगा जैसा पहले था।`, yes: "हाँ, वापस लें", no: "रहने दें",
  taking: "वापस ले रहे हैं…", taken: (what) => `वापस लिया गया: ${what}।`, takenOn: (when) => `${when} को वापस लिया गया`,
  over: "वापस लेने का समय निकल गया", possible: (when) => `${when} तक वापस हो सकता है`,
  older: "इससे पहले का दिखाएँ", loading: "देख रहे हैं…", count: (n) => `${n} दिखाए गए`,
  afresh: "इस बीच सूची बदल गई है, इसलिए यह फिर शुरू से है।", failed: "यह नहीं हो पाया।", retry: "फिर कोशिश करें",
};

export const say = dictionary(EN, HI);
