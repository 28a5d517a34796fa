// What the list of properties says in its own words.

import { dictionary } from "../lib/words.ts";

const EN = {
  found: (n: number, more: boolean): string => `${n || "No"}${more ? "+" : ""} ${n === 1 && !more ? "property" : "properties"}`,
  foundAloud: (n: number, more: boolean): string => `${n}${more ? " or more" : ""} ${n === 1 && !more ? "property" : "properties"} found.`,
  added: (n: number): string => `${n} more shown.`, none: "Nothing fits all of it", noneHere: "Nothing in this part of the map",
  similar: (n: number): string => `${n} similar ${n === 1 ? "property" : "properties"}`, noneSimilar: "No property is like it.",
  list: "List", map: "Map", view: "How to see them", mapOf: (n: number): string => `Map with ${n} ${n === 1 ? "property" : "properties"}. The list has the same ones.`,
  searching: "Searching…", searchHere: "Search this area", nowhere: (n: number): string => (n === 1 ? "One has no place on the map." : `${n} have no place on the map.`),
  understood: "What is searched for", unread: (words: string): string => `Not understood: ${words}`, wished: (words: string): string => `Ranked by: ${words}`,
  takeOff: (wish: string): string => `Take off: ${wish}`, radius: (far: string): string => `within ${far}`, point: "near the chosen point",
  instead: "With one change", backToPlaces: "Search the whole place again",
  sort: "Sort", best: "Best first", price: "Cheapest first", price_desc: "Dearest first", price_per_sqft: "Lowest rate by area", newest: "Newest first", distance: "Nearest first",
  filters: "Filters", apply: "Show what fits", clear: "Take all filters off", purpose: "For", anyPurpose: "Any", bedrooms: "Bedrooms", from: "From", to: "Up to",
  budget: "Budget in rupees", kinds: "Kind", furnishing: "Furnishing", metro: "Metro", anywhere: "Any distance", upTo: (far: string): string => `Within ${far}`,
  wrongWay: "“From” is more than “up to”.",
  more: "Show more", moreLeft: (n: number): string => `Show ${n} more`, renewed: "The list was searched anew, because its continuation had expired.",
  keep: (home: string): string => `Shortlist: ${home}`,
  compare: "Compare", compareOf: (home: string): string => `Compare: ${home}`, chosen: (n: number): string => `${n} of 4 chosen`, oneMore: "Choose one more to compare.",
  full: "Four are compared at most.", compareThese: (n: number): string => `Compare ${n}`, clearChosen: "Choose none",
  back: "Back to the list", bar: "Comparison", here: "Chosen on the map", notes: "Good to know",
  demo: "Made-up demonstration data: these properties do not exist.",
};

export type Words = typeof EN;

const HI: Words = {
  found: (n, more) => `${n || "कोई"}${more ? "+" : ""} ${n === 0 ? "संपत्ति नहीं" : n === 1 && !more ? "संपत्ति" : "संपत्तियाँ"}`,
  foundAloud: (n, more) => `${n}${more ? " या ज़्यादा" : ""} ${n === 1 && !more ? "संपत्ति मिली" : "संपत्तियाँ मिलीं"}।`,
  added: (n) => `${n} और दिखाई गईं।`, none: "सब शर्तों पर कुछ नहीं मिला", noneHere: "नक़्शे के इस हिस्से में कुछ नहीं",
  similar: (n) => `${n} मिलती-जुलती ${n === 1 ? "संपत्ति" : "संपत्तियाँ"}`, noneSimilar: "ऐसी कोई और संपत्ति नहीं है।",
  list: "सूची", map: "नक़्शा", view: "कैसे देखें", mapOf: (n) => `${n} ${n === 1 ? "संपत्ति" : "संपत्तियों"} का नक़्शा। सूची में भी यही हैं।`,
  searching: "खोज रहे हैं…", searchHere: "इस इलाक़े में खोजें", nowhere: (n) => `${n} की जगह नक़्शे पर नहीं है।`,
  understood: "क्या खोजा जा रहा है", unread: (words) => `समझ नहीं आया: ${words}`, wished: (words) => `क्रम में ध्यान: ${words}`,
  takeOff: (wish) => `हटाएँ: ${wish}`, radius: (far) => `${far} के भीतर`, point: "चुनी हुई जगह के पास",
  instead: "एक बदलाव के साथ", backToPlaces: "फिर पूरी जगह में खोजें",
  sort: "क्रम", best: "सबसे अच्छी पहले", price: "सस्ती पहले", price_desc: "महँगी पहले", price_per_sqft: "प्रति वर्ग फुट सस्ती पहले", newest: "नई पहले", distance: "नज़दीकी पहले",
  filters: "फ़िल्टर", apply: "जो ठीक बैठे, दिखाएँ", clear: "सब फ़िल्टर हटाएँ", purpose: "किसलिए", anyPurpose: "कोई भी", bedrooms: "कमरे", from: "से", to: "तक",
  budget: "बजट, रुपयों में", kinds: "प्रकार", furnishing: "फ़र्नीचर", metro: "मेट्रो", anywhere: "कितनी भी दूर", upTo: (far) => `${far} के भीतर`,
  wrongWay: "“से” की रक़म “तक” से ज़्यादा है।",
  more: "और दिखाएँ", moreLeft: (n) => `${n} और दिखाएँ`, renewed: "सूची का अगला हिस्सा पुराना हो गया था, इसलिए नए सिरे से खोजा गया।",
  keep: (home) => `पसंद में रखें: ${home}`,
  compare: "तुलना", compareOf: (home) => `तुलना करें: ${home}`, chosen: (n) => `4 में से ${n} चुनी`, oneMore: "तुलना के लिए एक और चुनें।",
  full: "ज़्यादा से ज़्यादा चार की तुलना होती है।", compareThese: (n) => `${n} की तुलना करें`, clearChosen: "कोई न चुनें",
  back: "सूची पर वापस", bar: "तुलना", here: "नक़्शे पर चुनी", notes: "ध्यान दें",
  demo: "दिखाने के लिए बनाया गया डेटा: ये संपत्तियाँ असल में नहीं हैं।",
};

export const say = dictionary(EN, HI);
