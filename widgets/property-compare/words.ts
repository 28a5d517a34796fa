// What the comparison says in its own words.

import { dictionary } from "../lib/words.ts";

const EN = {
  title: (n: number): string => `${n} properties side by side`, differ: "Where they differ", alike: "What is the same",
  allAlike: "As far as the sources say, they are alike.",
  what: "Feature", price: "Price", yes: "Yes", no: "No", unknown: "Unknown",
  lowest: "Lowest", largest: "Largest", nearest: "Nearest",
  open: "Details", opened: (title: string): string => `Details of ${title}`,
  remove: "Remove", removed: (title: string): string => `${title} was removed from the comparison.`,
  removeOf: (title: string): string => `Remove ${title} from the comparison`,
  keepOf: (title: string): string => `Shortlist ${title}`, demo: "Made-up demonstration data: these properties do not exist.",
  putBack: "Put it back", back: "Back to the comparison",
  doubtful: "Its price is doubtful, so the lowest is not marked.", mixed: "Prices to buy and to rent cannot be compared.",
  scroll: "The comparison, which can be scrolled sideways",
};

export type Words = typeof EN;

const HI: Words = {
  title: (n) => `${n} संपत्तियाँ आमने-सामने`, differ: "जहाँ फ़र्क़ है", alike: "जो एक जैसा है", allAlike: "जितना स्रोत बताते हैं, ये एक जैसी हैं।",
  what: "बात", price: "क़ीमत", yes: "हाँ", no: "नहीं", unknown: "पता नहीं",
  lowest: "सबसे कम", largest: "सबसे बड़ा", nearest: "सबसे पास",
  open: "विवरण", opened: (title) => `${title} का विवरण`,
  remove: "हटाएँ", removed: (title) => `${title} को तुलना से हटा दिया गया।`, removeOf: (title) => `${title} को तुलना से हटाएँ`,
  keepOf: (title) => `पसंद में रखें: ${title}`, demo: "दिखाने के लिए बनाया गया डेटा: ये संपत्तियाँ असल में नहीं हैं।",
  putBack: "वापस रखें", back: "तुलना पर वापस",
  doubtful: "इसकी क़ीमत पर शक है, इसलिए सबसे कम नहीं चुना गया।", mixed: "ख़रीद और किराए की क़ीमतों की तुलना नहीं हो सकती।",
  scroll: "तुलना, जिसे दाएँ-बाएँ खिसका सकते हैं",
};

export const say = dictionary(EN, HI);

/** The words of the detail view for what is compared, by the server's name of it. */
export const FEATURES = {
  "Price a square foot": "rate", Area: "area", Bedrooms: "bedrooms", Kind: "kind", Purpose: "purpose", Society: "society", Locality: "locality",
  Sector: "sector", Metro: "metro", Furnishing: "furnishing", Facing: "facing", Possession: "possession", Age: "age", Floor: "floor",
} as const;
