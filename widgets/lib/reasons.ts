// Why a property fits, in Hindi: the server says it in English.

import { AMENITIES } from "../types/amenities.ts";
import { spoken } from "./words.ts";

const SAID: Readonly<Record<string, string>> = {
  "for sale": "बिक्री के लिए", "for rent": "किराए पर", "as PG": "पीजी में",
  apartment: "अपार्टमेंट", "builder floor": "बिल्डर फ़्लोर", house: "मकान", plot: "प्लॉट", shop: "दुकान", office: "दफ़्तर", pg: "पीजी", studio: "स्टूडियो",
  furnished: "फ़र्निश्ड", "semi-furnished": "सेमी-फ़र्निश्ड", unfurnished: "बिना फ़र्नीचर",
  north: "उत्तर", "north-east": "उत्तर-पूर्व", east: "पूर्व", "south-east": "दक्षिण-पूर्व",
  south: "दक्षिण", "south-west": "दक्षिण-पश्चिम", west: "पश्चिम", "north-west": "उत्तर-पश्चिम",
  ground: "भूतल", low: "नीची", mid: "बीच की", high: "ऊँची", top: "सबसे ऊपर की",
  "ready to move in": "रहने को तैयार", "under construction": "निर्माणाधीन", "in the area on the map": "नक़्शे पर चुने इलाक़े में",
  family: "परिवार", bachelors: "अकेले रहने वाले", girls: "लड़कियाँ", boys: "लड़के", company: "कंपनी",
  "whether the price is right": "क़ीमत सही है या नहीं", "the point": "चुनी हुई जगह",
};
const AMENITIES_HI: ReadonlyMap<string, string> = new Map(Object.values(AMENITIES));

const PATTERNS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^(within .+? of .+)$/, (all = "") => all.split(/ or (?=within )|, (?=within )/).map(near).join(" या ")],
  [/^metro within (.+)$/, (far = "") => `मेट्रो ${measure(far)} के भीतर`],
  [/^up to (.+)$/, (most = "") => `${measure(most)} तक`],
  [/^from (.+)$/, (least = "") => `${measure(least)} से`],
  [/^(₹.+|[\d,]+ sq ft) to (.+)$/, (least = "", most = "") => `${measure(least)} से ${measure(most)}`],
  [/^in (.+)$/, (place = "") => `${either(place)} में`],
  [/^(.+) facing$/, (sides = "") => `${either(sides)} मुखी`],
  [/^at most (\d+) years old$/, (years = "") => `ज़्यादा से ज़्यादा ${years} साल पुराना`],
  [/^(.+) floor$/, (floors = "") => `${either(floors)} मंज़िल`],
  [/^(.+) welcome$/, (people = "") => `${either(people)} रह सकते हैं`],
  [/^(.+) BHK$/, (numbers = "") => `${either(numbers)} BHK`],
];

/** A reason in the language of the view; names and what a person wished for in words stay as they are. */
export function reason(text: string): string {
  if (spoken() === "en") return text;
  const known = SAID[text] ?? AMENITIES_HI.get(text);
  if (known) return known;
  if (!text.includes(" welcome") && parts(text).every((part) => SAID[part])) return either(text);
  for (const [pattern, said] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return said(...found.slice(1));
  }
  return text;
}

const parts = (text: string): string[] => text.split(/, | or /);

/** "apartment, house or plot" is "अपार्टमेंट, मकान या प्लॉट". */
function either(text: string): string {
  const said = parts(text).map((part) => SAID[part] ?? part);
  const last = said.pop() ?? "";
  return said.length > 0 ? `${said.join(", ")} या ${last}` : last;
}

function near(text: string): string {
  const [, far = "", place = ""] = /^within (.+?) of (.+)$/.exec(text) ?? [];
  return `${SAID[place] ?? place} से ${measure(far)} के भीतर`;
}

const measure = (text: string): string =>
  text.replace(/ lakh\b/g, " लाख").replace(/ Cr\b/g, " करोड़").replace(/ sq ft\b/g, " वर्ग फुट").replace(/ km\b/g, " किमी").replace(/ m\b/g, " मी");
