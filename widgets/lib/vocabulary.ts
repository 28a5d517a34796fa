// What tools say in English alone, in the language of the view: keys, reasons, doubts and changed wishes.

import { AMENITIES } from "../types/amenities.ts";
import type { Filters, Relaxation } from "../types/tools.ts";
import { area, distance, rupees } from "./format.ts";
import { dictionary, spoken } from "./words.ts";

/** The values that tools give by a key, as [English, Hindi]. */
const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  buy: ["For sale", "बिक्री के लिए"], rent: ["For rent", "किराए पर"], pg: ["PG", "पीजी"],
  apartment: ["apartment", "अपार्टमेंट"], builder_floor: ["builder floor", "बिल्डर फ़्लोर"], house: ["house", "मकान"],
  plot: ["plot", "प्लॉट"], shop: ["shop", "दुकान"], office: ["office", "दफ़्तर"],
  furnished: ["Furnished", "फ़र्निश्ड"], semi_furnished: ["Semi-furnished", "सेमी-फ़र्निश्ड"], unfurnished: ["Unfurnished", "बिना फ़र्नीचर"],
  ready: ["Ready to move in", "रहने को तैयार"], under_construction: ["Under construction", "निर्माणाधीन"],
  north: ["North", "उत्तर"], north_east: ["North-east", "उत्तर-पूर्व"], east: ["East", "पूर्व"], south_east: ["South-east", "दक्षिण-पूर्व"],
  south: ["South", "दक्षिण"], south_west: ["South-west", "दक्षिण-पश्चिम"], west: ["West", "पश्चिम"], north_west: ["North-west", "उत्तर-पश्चिम"],
  ground: ["Ground", "भूतल"], low: ["Low", "नीचे"], mid: ["Middle", "बीच में"], high: ["High", "ऊपर"], top: ["Top", "सबसे ऊपर"],
  family: ["Family", "परिवार"], bachelors: ["Bachelors", "अकेले रहने वाले"], girls: ["Girls", "लड़कियाँ"], boys: ["Boys", "लड़के"], company: ["Company", "कंपनी"],
  requested: ["Requested", "माँगा गया"], cancelled: ["Cancelled", "रद्द"],
};

/** A key of a tool in words: "semi_furnished" is "Semi-furnished". An unknown one stays readable. */
export function named(key: string): string {
  const pair = NAMES[key] ?? AMENITIES[key];
  return pair ? pair[spoken() === "hi" ? 1 : 0] : key.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
}

const facingEn = (key: string): string => `${named(key)} facing`;
const say = dictionary(
  {
    bhk: (n: number): string => (n === 0 ? "Studio" : `${n} BHK`), facing: facingEn, metro: (d: string): string => `Metro ${d}`,
    away: (d: string): string => `${d} away`, from: (x: string): string => `from ${x}`, upTo: (x: string): string => `up to ${x}`,
    near: (x: string): string => `near ${x}`, inside: (x: string): string => `in ${x}`, age: (n: number): string => `at most ${n} years old`,
    floor: (x: string): string => `${x} floor`, onMap: "in the area on the map",
  },
  {
    bhk: (n) => (n === 0 ? "स्टूडियो" : `${n} BHK`), facing: (key) => `${named(key)} मुखी`, metro: (d) => `मेट्रो ${d}`,
    away: (d) => `${d} दूर`, from: (x) => `${x} से`, upTo: (x) => `${x} तक`,
    near: (x) => `${x} के पास`, inside: (x) => `${x} में`, age: (n) => `${n} साल तक पुराना`,
    floor: (x) => `${x} की मंज़िल`, onMap: "नक़्शे पर चुने इलाक़े में",
  },
);

export const bhk = (bedrooms: number): string => say("bhk")(bedrooms);
export const facing = (key: string): string => say("facing")(key);
export const toMetro = (metres: number): string => say("metro")(distance(metres));
export const away = (metres: number): string => say("away")(distance(metres));

/** A filter of a search that was read or set, to show it and to take it off again. */
export interface Wish {
  readonly field: keyof Filters;
  readonly text: string;
}

/** Every filter that is set, each in a few words. */
export function wishes(filters: Filters): Wish[] {
  const said: [keyof Filters, string | null | false][] = [
    ["purpose", filters.purpose && named(filters.purpose)],
    ["kinds", listed(filters.kinds)],
    ["bedrooms", filters.bedrooms.map(bhk).join(" / ")],
    ["budget_min", filters.budget_min !== null && say("from")(rupees(filters.budget_min))],
    ["budget_max", filters.budget_max !== null && say("upTo")(rupees(filters.budget_max))],
    ["area_min", filters.area_min !== null && say("from")(sized(filters.area_min, filters.area_unit))],
    ["area_max", filters.area_max !== null && say("upTo")(sized(filters.area_max, filters.area_unit))],
    ["near", filters.near.length > 0 && say("near")(filters.near.join(" / "))],
    ["locality", filters.locality.length > 0 && say("inside")(filters.locality.join(" / "))],
    ["sector", filters.sector.length > 0 && say("inside")(filters.sector.join(" / "))],
    ["society", filters.society.length > 0 && say("inside")(filters.society.join(" / "))],
    ["box", filters.box !== null && say("onMap")],
    ["polygon", filters.polygon !== null && say("onMap")],
    ["metro_within", filters.metro_within !== null && say("metro")(`≤ ${distance(filters.metro_within)}`)],
    ["furnishing", listed(filters.furnishing)],
    ["facing", filters.facing.map(facing).join(" / ")],
    ["amenities", listed(filters.amenities)],
    ["age", filters.age !== null && say("age")(filters.age)],
    ["floor", filters.floor.length > 0 && say("floor")(listed(filters.floor))],
    ["possession", filters.possession && named(filters.possession)],
    ["tenants", listed(filters.tenants)],
  ];
  return said.flatMap(([field, text]) => (text ? [{ field, text }] : []));
}

const listed = (keys: readonly string[]): string => keys.map(named).join(" / ");

const UNITS: Readonly<Record<Filters["area_unit"], readonly [string, string]>> = {
  sq_ft: ["sq ft", "वर्ग फुट"], sq_yd: ["sq yd", "वर्ग गज"], gaj: ["gaj", "गज"], sq_m: ["sq m", "वर्ग मीटर"],
  marla: ["marla", "मरला"], kanal: ["kanal", "कनाल"], acre: ["acre", "एकड़"], hectare: ["hectare", "हेक्टेयर"],
};
const sized = (amount: number, unit: Filters["area_unit"]): string => (unit === "sq_ft" ? area(amount) : `${amount} ${UNITS[unit][spoken() === "hi" ? 1 : 0]}`);

/** What one bent wish would find. */
export function bent({ field, value, count, text }: Relaxation): string {
  if (spoken() === "en") return text;
  const change = CHANGES[field]?.(value ?? "", text) ?? "एक शर्त ढीली हो";
  return `${change} तो ${count > 1000 ? "1,000 से ज़्यादा" : count}`;
}

const CHANGES: Readonly<Record<string, (value: string, text: string) => string>> = {
  budget_max: (value) => `बजट ${rupees(value)} हो`, budget_min: () => "कम क़ीमत भी चले",
  radius: (value) => `दायरा ${distance(Number(value))} हो`, metro_within: (value) => `मेट्रो ${distance(Number(value))} तक हो`,
  area_min: (_, text) => `${squareFeet(text)} भी चले`, area_max: (_, text) => `${squareFeet(text)} तक हो`,
  bedrooms: (value) => `${value} BHK हो`, near: (value) => `${value} के आसपास भी चले`, kinds: () => "कोई भी प्रकार चले",
  furnishing: () => "फ़र्नीचर कैसा भी हो", facing: () => "दिशा कोई भी हो", floor: () => "मंज़िल कोई भी हो", age: () => "उम्र कुछ भी हो",
  possession: () => "कब्ज़ा कभी भी मिले", amenities: () => "एक सुविधा ज़रूरी न हो", tenants: () => "किराएदार की शर्त न हो",
};

// The value is in the unit that was asked in; the sentence tells it in square feet.
const squareFeet = (text: string): string => area((/([\d,]+) sq ft/.exec(text)?.[1] ?? "").replaceAll(",", ""));

const DOUBTS: Readonly<Record<string, readonly [string, string]>> = {
  price_outlier: ["The price is far from comparable ones", "क़ीमत मिलती-जुलती संपत्तियों से बहुत अलग है"],
  price_per_sq_yard: ["The source prices by the square yard", "स्रोत प्रति वर्ग गज क़ीमत बताता है"],
  price_per_unit_mismatch: ["The price by area does not fit the price", "प्रति वर्ग फुट क़ीमत कुल क़ीमत से मेल नहीं खाती"],
  area_outlier: ["Unusual area", "क्षेत्रफल असामान्य है"],
  rent_listed_as_sale: ["Reads like a rent, listed for sale", "किराया लगता है, बिक्री में दर्ज है"],
  sale_listed_as_rent: ["Reads like a sale, listed for rent", "बिक्री लगती है, किराए में दर्ज है"],
  approximate_location: ["Its place on the map is approximate", "नक़्शे पर जगह अंदाज़न है"],
  no_location: ["Its place is not known", "इसकी जगह पता नहीं"],
  other_town: ["The text names another town", "विवरण में दूसरे शहर का नाम है"],
  bedrooms_implausible: ["Unusual number of bedrooms", "कमरों की संख्या असामान्य है"],
  duplicate: ["Listed more than once", "एक से ज़्यादा बार दर्ज"],
};

/** A doubt about a listing in a few words. */
export function doubt(flag: string): string {
  const pair = DOUBTS[flag];
  return pair ? pair[spoken() === "hi" ? 1 : 0] : named(flag);
}
