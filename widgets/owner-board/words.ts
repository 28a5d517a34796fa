// The words of the board, in English and Hindi.

import { dictionary } from "../lib/words.ts";

export type Counted = "views" | "likes" | "enquiries" | "visits";
type Known = Readonly<Record<string, string>>;

const FIELDS_EN: Known = { locality: "where it is", bedrooms: "bedrooms" };
const FIELDS_HI: Known = { locality: "जगह", bedrooms: "कमरों की संख्या" };

const EN = {
  title: "Your listings", state: "Show", current: "All but archived", showAll: "Show all",
  draft: "Draft", review: "In review", live: "Live", paused: "Paused", rented: "Rented", sold: "Sold", archived: "Archived",
  none: "You offer nothing yet.", noneLead: "Say what you have in a few words, such as “3 bhk in Sector 57 for rent, 45 thousand”.", noneSuch: "No listing like that.",
  count: (n: number): string => `${n} ${n === 1 ? "listing" : "listings"} shown`, loading: "Looking…", older: "Show older",
  afresh: "Your listings have changed since, so the list begins again.",
  asks: "The reviewer asks:",
  fill: (fields: string): string => `Still needed: ${fields}.`, handIn: "Ready: hand it in for review.",
  lapsed: "Paused, because nobody said that it is still to be had.",
  stands: { draft: "", review: "Staff are looking at it.", live: "People find it now.", paused: "Nobody finds it while it is paused.", rented: "It is let.",
  sold: "It is sold.", archived: "It is put away." } as Known,
  until: (day: string): string => `Renew it before ${day}.`, better: (fix: string, points: number): string => `${fix} (+${points})`,
  to: { review: "Hand in", live: "Put live", paused: "Pause", rented: "It is let", sold: "It is sold", draft: "Back to draft", archived: "Archive" } as Known,
  renew: "Still to be had", fares: "How it fares", faresOf: (title: string): string => `How it fares: ${title}`,
  of: (what: string, title: string): string => `${what}: ${title}`,
  done: (to: string): string => (to === "renew" ? "Renewed." : `Done: ${EN.to[to] ?? to}.`),
  sure: (to: string): string => `${EN.to[to] ?? to}?`, leave: "Leave it as it is",
  sureLead: { archived: "Nobody finds it any more. You can bring it back as a draft, which is reviewed again.",
  rented: "Nobody finds it any more. Put it live again when it is free.", sold: "Nobody finds it any more. If it falls through, put it live again." } as Known,
  happened: (n: number): string => `The last ${n} days`, views: "Views", likes: "Likes", enquiries: "Enquiries", visits: "Visits",
  before: (n: number): string => ` ${n} before`, byDay: "By day", table: "As a table", day: "Day", most: (n: number): string => `most: ${n}`,
  chart: (what: string, sum: number, day: string, most: number): string => `${what}: ${sum} in all, most on ${day} with ${most}`,
  chartEmpty: (what: string): string => `${what}: none`,
  price: "Your price among others", tooFew: (n: number): string => `Too few to compare with: ${n}.`,
  among: (n: number, where: string): string => `Among ${n} of the same kind and size in ${where}.`,
  placed: (own: string, low: string, median: string, high: string): string => `You ask ${own}; half of the others ask ${low} to ${high}, the middle is ${median}`,
  yours: (own: string, share: number): string => `You ask ${own}${share === 0 ? "" : `, ${Math.abs(share)} % ${share > 0 ? "above" : "below"} the middle`}`,
  half: (low: string, high: string): string => `Half of them: ${low} to ${high}`, middle: (amount: string): string => `The middle: ${amount}`, former: "Former prices",
};

const HI: typeof EN = {
  title: "आपकी लिस्टिंग", state: "दिखाएँ", current: "संग्रहित छोड़कर सब", showAll: "सब दिखाएँ",
  draft: "ड्राफ़्ट", review: "जाँच में", live: "चालू", paused: "रुकी हुई", rented: "किराए पर चढ़ी", sold: "बिकी", archived: "संग्रहित",
  none: "अभी आपकी कोई लिस्टिंग नहीं है।", noneLead: "जो देना है, कुछ शब्दों में बताएँ, जैसे “सेक्टर 57 में 3 बीएचके, किराया 45 हज़ार”।",
  noneSuch: "ऐसी कोई लिस्टिंग नहीं।",
  count: (n) => `${n} लिस्टिंग दिखाई गईं`, loading: "देख रहे हैं…", older: "पुरानी दिखाएँ",
  afresh: "इस बीच लिस्टिंग बदल गई हैं, इसलिए सूची फिर शुरू से है।",
  asks: "जाँचने वाले चाहते हैं:",
  fill: (fields) => `अभी बाक़ी: ${fields}।`, handIn: "तैयार है: जाँच के लिए दें।", lapsed: "रुकी हुई, क्योंकि किसी ने नहीं बताया कि यह अब भी उपलब्ध है।",
  stands: { draft: "", review: "स्टाफ़ इसे देख रहा है।", live: "अब लोग इसे देख सकते हैं।", paused: "रुकी रहने तक यह किसी को नहीं दिखती।",
  rented: "यह किराए पर चढ़ चुकी है।", sold: "यह बिक चुकी है।", archived: "यह हटा दी गई है।" },
  until: (day) => `${day} से पहले नया करें।`, better: (fix, points) => `${fix} (+${points})`,
  to: { review: "जाँच के लिए दें", live: "चालू करें", paused: "रोकें", rented: "किराए पर चढ़ गई", sold: "बिक गई", draft: "फिर ड्राफ़्ट", archived: "संग्रहित करें" },
  renew: "अब भी उपलब्ध", fares: "कैसी चल रही है", faresOf: (title) => `कैसी चल रही है: ${title}`, of: (what, title) => `${what}: ${title}`,
  done: (to) => (to === "renew" ? "नया किया गया।" : `हो गया: ${HI.to[to] ?? to}।`),
  sure: (to) => `${HI.to[to] ?? to}?`, leave: "जैसी है, रहने दें",
  sureLead: { archived: "यह फिर किसी को नहीं दिखेगी। इसे ड्राफ़्ट के रूप में वापस ला सकते हैं, तब इसकी फिर जाँच होगी।",
  rented: "यह फिर किसी को नहीं दिखेगी। ख़ाली होने पर फिर चालू करें।", sold: "यह फिर किसी को नहीं दिखेगी। सौदा टूटे तो फिर चालू करें।" },
  happened: (n) => `पिछले ${n} दिन`, views: "देखा गया", likes: "पसंद", enquiries: "पूछताछ", visits: "विज़िट",
  before: (n) => ` पहले ${n}`, byDay: "दिन के हिसाब से", table: "तालिका", day: "दिन", most: (n) => `सबसे ज़्यादा: ${n}`,
  chart: (what, sum, day, most) => `${what}: कुल ${sum}, सबसे ज़्यादा ${day} को ${most}`, chartEmpty: (what) => `${what}: कुछ नहीं`,
  price: "औरों के बीच आपका दाम", tooFew: (n) => `तुलना के लिए बहुत कम: ${n}।`, among: (n, where) => `${where} में ऐसी और इतनी बड़ी ${n} संपत्तियों के बीच।`,
  placed: (own, low, median, high) => `आपका दाम ${own}; औरों में आधी ${low} से ${high}, बीच का ${median}`,
  yours: (own, share) => `आपका दाम ${own}${share === 0 ? "" : `, बीच से ${Math.abs(share)} % ${share > 0 ? "ज़्यादा" : "कम"}`}`,
  half: (low, high) => `आधी: ${low} से ${high}`, middle: (amount) => `बीच का: ${amount}`, former: "पुराने दाम",
};

export const say = dictionary(EN, HI);
const fields = dictionary({ known: FIELDS_EN }, { known: FIELDS_HI });

/** A field of the form, as people call it. */
export const field = (name: string): string => fields("known")[name] ?? name;
