// What was looked into about a listing, in English and Hindi: its score, what speaks against it, what would help.

import { dictionary } from "./words.ts";

type Known = Readonly<Record<string, string>>;

const EN = {
  score: (n: number): string => `Tells ${n} of 100`,
  looked: "What was looked into", fine: "fine", doubtful: "doubtful", unknown: "not known", rests: "What this rests on",
  about: { duplicate: "Listed twice", freshness: "Still there", price: "Price", place: "Place", text: "What it says" } as Known, help: "What would help",
  fixes: {
    photos: "Add photos, at least 5: each room, the view, the building.", description: "Describe it in 40 words or more.", area: "Say how large it is.",
    lat: "Set the point on the map.",
    society: "Name the society.", furnishing: "Say how it is furnished.", amenities: "Tick what there is, such as a lift or parking.",
    floor: "Say on which floor it is.", facing: "Say where it faces.", possession: "Say whether it is ready.",
  } as Known,
};

const HI: typeof EN = {
  score: (n) => `जानकारी 100 में से ${n}`,
  looked: "क्या-क्या देखा गया", fine: "ठीक", doubtful: "संदेह", unknown: "पता नहीं", rests: "यह किस पर टिका है",
  about: { duplicate: "दो बार लिस्ट", freshness: "अब भी उपलब्ध", price: "दाम", place: "जगह", text: "जो लिखा है" }, help: "क्या मदद करेगा",
  fixes: {
    photos: "कम से कम 5 फ़ोटो जोड़ें: हर कमरा, नज़ारा, इमारत।", description: "40 या ज़्यादा शब्दों में बताएँ।", area: "बताएँ कितनी बड़ी है।", lat: "नक्शे पर जगह लगाएँ।",
    society: "सोसाइटी का नाम दें।", furnishing: "बताएँ कितनी सजी है।", amenities: "जो है चुनें, जैसे लिफ्ट या पार्किंग।", floor: "बताएँ किस मंज़िल पर है।",
    facing: "बताएँ मुँह किस ओर है।", possession: "बताएँ तैयार है या नहीं।",
  },
};

export const say = dictionary(EN, HI);

/** What to do about a listing, in the language of the view where it is one of our own. */
export const fixed = ({ field, text }: { readonly field: string; readonly text: string }): string => say("fixes")[field] ?? text;
