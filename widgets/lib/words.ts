// The widgets' own words, in English and Hindi.

import type { Language } from "./host.ts";

let current: Language = "en";

/** The language of everything that is said from now on. */
export const speak = (language: Language): void => {
  current = language;
};
export const spoken = (): Language => current;

/** A view's own words: `const say = dictionary({ hello: "Hello" }, { hello: "नमस्ते" })`. A word may be a function. */
export const dictionary = <W extends object>(en: W, hi: NoInfer<W>) => <K extends keyof W>(key: K): W[K] => (current === "hi" ? hi : en)[key];

/** The language of a text, so that screen readers pronounce it rightly. */
export const languageOf = (text: string): Language => (/[\u0900-\u097f]/.test(text) ? "hi" : "en");

const EN = {
  loading: "Loading…", cancelled: "This was stopped.", homeless: "This view works inside a chat that shows MCP Apps.",
  textOnly: "This chat shows the answer as text only.", offline: "You are offline. What is shown may be old.", offlineNow: "You are offline.",
  unreachable: "The chat could not reach 360 Ghar.",
  failed: "That did not work.", retry: "Try again", signIn: "Sign in", signedOut: "Sign in to do this.",
  signInPlease: "I want to sign in to 360 Ghar.", signInHere: "Connect or sign in to 360 Ghar in this chat's settings, then try again.",
  close: "Close", back: "Back", undo: "Undo", more: "Show more", details: "Details", demo: "Demo", demoLong: "Made-up demonstration property",
  city: "Gurugram", unknown: "Unknown", missed: "Misses", check: "Check this", expand: "Full screen", shrink: "Leave full screen",
  allMet: (n: number): string => (n === 1 ? "Meets your wish" : `Meets ${n} wishes`),
  homes: (n: number): string => `${n} ${n === 1 ? "property" : "properties"}`,
};

export type Words = typeof EN;

const HI: Words = {
  loading: "आ रहा है…", cancelled: "इसे रोक दिया गया।", homeless: "यह MCP Apps दिखाने वाली चैट के अंदर चलता है।",
  textOnly: "यह चैट जवाब सिर्फ़ लिखकर दिखाती है।", offline: "आप ऑफ़लाइन हैं। जो दिख रहा है, पुराना हो सकता है।", offlineNow: "आप ऑफ़लाइन हैं।",
  unreachable: "यह चैट 360 घर तक नहीं पहुँच पाई।",
  failed: "यह नहीं हो पाया।", retry: "फिर कोशिश करें", signIn: "साइन इन करें", signedOut: "इसके लिए साइन इन करें।",
  signInPlease: "मुझे 360 घर में साइन इन करना है।", signInHere: "इस चैट की सेटिंग में 360 घर को जोड़ें या साइन इन करें, फिर कोशिश करें।",
  close: "बंद करें", back: "वापस", undo: "वापस लें", more: "और दिखाएँ", details: "विवरण", demo: "डेमो", demoLong: "दिखाने के लिए बनाई गई संपत्ति",
  city: "गुरुग्राम", unknown: "अज्ञात", missed: "पूरी नहीं", check: "जाँच लें", expand: "पूरी स्क्रीन", shrink: "पूरी स्क्रीन से बाहर",
  allMet: (n) => `${n} शर्तें पूरी`,
  homes: (n) => `${n} ${n === 1 ? "संपत्ति" : "संपत्तियाँ"}`,
};

export const say = dictionary(EN, HI);
