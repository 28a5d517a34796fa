// The words of the list of watches, in English and Hindi.

import { dictionary } from "../lib/words.ts";

const EN = {
  title: "What you watch", count: (n: number): string => `${n} ${n === 1 ? "watch" : "watches"} shown`, loading: "Looking…", older: "Show older",
  afresh: "Your watches have changed since, so the list begins again.", none: "You watch nothing yet.",
  noneLead: "Ask to be told of new homes, such as “tell me of 2 bhk in Sector 57 under 40 thousand”.",
  search: "A search", property: "A property", prices: "What a place costs",
  active: "Finding news", paused: "Paused: it finds no news", ended: "Ended", snoozed: (day: string): string => `Quiet until ${day}, its news is kept`,
  median: (amount: string): string => `Half cost less than ${amount}`, since: (day: string): string => `Since ${day}`,
  often: "How often it tells", at_once: "At once", daily: "Every day at nine", weekly: "On Mondays at nine",
  pause: "Pause", go: "Go on", snooze: "Quiet for a week", wake: "Tell again", end: "End", again: "Watch again",
  of: (what: string, name: string): string => `${what}: ${name}`, saved: "Saved.",
  found: "What it found", nothing: "Nothing yet. You are told when there is something.",
  new: "New", price_down: "Cheaper", price_up: "Dearer", paused_: "Paused", back: "Back again", gone: "Gone", was: (amount: string): string => `was ${amount}`,
  middle: "What half cost less than", page: "Its page", one: "A home that is no longer shown",
};

const HI: typeof EN = {
  title: "आप किन पर नज़र रखते हैं", count: (n) => `${n} निगरानी दिखाई गईं`, loading: "देख रहे हैं…", older: "पुरानी दिखाएँ",
  afresh: "इस बीच सूची बदल गई है, इसलिए फिर शुरू से है।", none: "आप अभी किसी पर नज़र नहीं रखते।",
  noneLead: "नए घरों की ख़बर माँगें, जैसे “सेक्टर 57 में 40 हज़ार तक 2 बीएचके आए तो बताना”।",
  search: "एक खोज", property: "एक संपत्ति", prices: "किसी जगह के दाम",
  active: "ख़बर खोज रही है", paused: "रुकी हुई: ख़बर नहीं खोजती", ended: "बंद", snoozed: (day) => `${day} तक चुप, ख़बरें जमा रहेंगी`,
  median: (amount) => `आधी ${amount} से सस्ती`, since: (day) => `${day} से`,
  often: "कितनी बार बताए", at_once: "तुरंत", daily: "रोज़ नौ बजे", weekly: "सोमवार नौ बजे",
  pause: "रोकें", go: "फिर चलाएँ", snooze: "हफ़्ते भर चुप", wake: "फिर बताएँ", end: "बंद करें", again: "फिर नज़र रखें",
  of: (what, name) => `${what}: ${name}`, saved: "सहेजा गया।",
  found: "क्या मिला", nothing: "अभी कुछ नहीं। कुछ मिलते ही बताया जाएगा।",
  new: "नई", price_down: "सस्ती हुई", price_up: "महँगी हुई", paused_: "रुकी", back: "फिर उपलब्ध", gone: "हट गई", was: (amount) => `पहले ${amount}`,
  middle: "आधी इससे सस्ती", page: "इसका पेज", one: "एक घर जो अब नहीं दिखाया जाता",
};

export const say = dictionary(EN, HI);
