// The widgets' own words, in English and Hindi.

import type { Language } from "./host.ts";

const EN = {
  loading: "Loading…", cancelled: "This was stopped.", homeless: "This view works inside a chat that shows MCP Apps.",
  textOnly: "This chat shows the answer as text only.", offline: "You are offline. What is shown may be old.",
  failed: "That did not work.", retry: "Try again", signIn: "Sign in", signedOut: "Sign in to do this.",
  signInPlease: "I want to sign in to 360 Ghar.", signInHere: "Connect or sign in to 360 Ghar in this chat's settings, then try again.",
};

export type Words = typeof EN;

const HI: Words = {
  loading: "आ रहा है…", cancelled: "इसे रोक दिया गया।", homeless: "यह MCP Apps दिखाने वाली चैट के अंदर चलता है।",
  textOnly: "यह चैट जवाब सिर्फ़ लिखकर दिखाती है।", offline: "आप ऑफ़लाइन हैं। जो दिख रहा है, पुराना हो सकता है।",
  failed: "यह नहीं हो पाया।", retry: "फिर कोशिश करें", signIn: "साइन इन करें", signedOut: "इसके लिए साइन इन करें।",
  signInPlease: "मुझे 360 घर में साइन इन करना है।", signInHere: "इस चैट की सेटिंग में 360 घर को जोड़ें या साइन इन करें, फिर कोशिश करें।",
};

let current: Language = "en";

/** The language of everything that is said from now on. */
export const speak = (language: Language): void => {
  current = language;
};
export const spoken = (): Language => current;
export const say = (key: keyof Words): string => (current === "hi" ? HI : EN)[key];
