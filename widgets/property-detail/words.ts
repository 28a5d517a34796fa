// What the view of one property says in its own words.

import { dictionary } from "../lib/words.ts";

const EN = {
  pictures: "Pictures", picturesOf: (title: string): string => `Pictures of ${title}`, previous: "Previous picture", next: "Next picture",
  show: (n: number, of: number): string => `Show picture ${n} of ${of}`, picture: (n: number, of: number): string => `Picture ${n} of ${of}`,
  keep: "Shortlist", kept: "On your shortlist", unkeep: "Remove from shortlist",
  isKept: "It is on your shortlist now.", wasKept: "It was on your shortlist already.", unkept: "It is off your shortlist again.",
  visit: "Ask for a visit", contact: "Show the contact",
  actions: "What you can do", doubts: "Check this before you rely on it",
  facts: "Facts", kind: "Kind", purpose: "Offered", bedrooms: "Bedrooms", area: "Area", rate: "Price a square foot", balconies: "Balconies",
  furnishing: "Furnishing", facing: "Facing", floor: "Floor", building: "Building", age: "Age", possession: "Possession",
  tenants: "Welcome", society: "Society", sector: "Sector", locality: "Locality",
  years: (band: string): string => `${band} years`, studio: "Studio",
  notSaid: "Not said by the source", about: "In its source's words", more: "Read all of it", less: "Show less",
  amenities: "Amenities", has: "There is", lacks: "There is not", open: (n: number): string => `${n} more that the source says nothing about`,
  price: "Its price beside its locality's", thisOne: "This one", median: (place: string): string => `Median in ${place}`,
  below: (share: string): string => `${share} % below the median`, above: (share: string): string => `${share} % above the median`,
  same: "At the median", comparable: (n: number): string => `of ${n} comparable properties, by the square foot of area`,
  tooFew: (n: number, place: string): string => `Too few in ${place} to compare with: ${n} listed.`,
  doubtful: "The price or the area is doubtful, so this comparison is, too.",
  metro: "Metro", crow: "As the crow flies. The way on foot is longer.", place: "Where it is", findPlace: "Show it on the map",
  mapOf: (title: string): string => `Map of ${title}`, nearby: "Its source gives no exact place, so it is somewhere near this.",
  similar: "Similar properties", findSimilar: "Show similar properties", finding: "Looking for similar ones…", noneSimilar: "None is like it.",
  source: "Source and freshness", imported: "First imported by us", changed: "Last change seen", noDate: "The source gives no listing date.",
  from: "Source", demoSource: "Demonstration data",
  demoNote: "Made-up demonstration data: this property does not exist.",
  reach: "Reach them at", shownThem: "They were shown", opening: "Opening…", back: "Back", backTo: (title: string): string => `Back to ${title}`,
};

export type Words = typeof EN;

const HI: Words = {
  pictures: "तस्वीरें", picturesOf: (title) => `${title} की तस्वीरें`, previous: "पिछली तस्वीर", next: "अगली तस्वीर",
  show: (n, of) => `${of} में से तस्वीर ${n} दिखाएँ`, picture: (n, of) => `${of} में से तस्वीर ${n}`,
  keep: "पसंद में रखें", kept: "आपकी पसंद में है", unkeep: "पसंद से हटाएँ",
  isKept: "अब यह आपकी पसंद की सूची में है।", wasKept: "यह पहले से आपकी पसंद की सूची में थी।", unkept: "यह आपकी पसंद की सूची से हट गई।",
  visit: "देखने का समय माँगें", contact: "संपर्क दिखाएँ",
  actions: "आप क्या कर सकते हैं", doubts: "भरोसा करने से पहले जाँच लें",
  facts: "जानकारी", kind: "प्रकार", purpose: "किसलिए", bedrooms: "कमरे", area: "क्षेत्रफल", rate: "प्रति वर्ग फुट क़ीमत", balconies: "बालकनी",
  furnishing: "फ़र्नीचर", facing: "दिशा", floor: "मंज़िल", building: "इमारत", age: "उम्र", possession: "कब्ज़ा",
  tenants: "किनके लिए", society: "सोसाइटी", sector: "सेक्टर", locality: "इलाक़ा",
  years: (band) => `${band} साल`, studio: "स्टूडियो",
  notSaid: "स्रोत नहीं बताता", about: "स्रोत के शब्दों में", more: "पूरा पढ़ें", less: "कम दिखाएँ",
  amenities: "सुविधाएँ", has: "है", lacks: "नहीं है", open: (n) => `${n} और, जिनके बारे में स्रोत कुछ नहीं कहता`,
  price: "इलाक़े के मुक़ाबले क़ीमत", thisOne: "यह संपत्ति", median: (place) => `${place} की माध्यिका`,
  below: (share) => `माध्यिका से ${share}% कम`, above: (share) => `माध्यिका से ${share}% ज़्यादा`,
  same: "माध्यिका के बराबर", comparable: (n) => `मिलती-जुलती ${n} संपत्तियों में, प्रति वर्ग फुट`,
  tooFew: (n, place) => `${place} में तुलना के लिए काफ़ी आँकड़े नहीं हैं: ${n} दर्ज।`,
  doubtful: "क़ीमत या क्षेत्रफल पर शक है, इसलिए इस तुलना पर भी।",
  metro: "मेट्रो", crow: "सीधी दूरी। पैदल रास्ता इससे लंबा है।", place: "यह कहाँ है", findPlace: "नक़्शे पर दिखाएँ",
  mapOf: (title) => `${title} का नक़्शा`, nearby: "स्रोत सही जगह नहीं बताता, यह इसके आसपास कहीं है।",
  similar: "मिलती-जुलती संपत्तियाँ", findSimilar: "मिलती-जुलती संपत्तियाँ दिखाएँ", finding: "मिलती-जुलती खोज रहे हैं…",
  noneSimilar: "ऐसी कोई और नहीं है।",
  source: "स्रोत और ताज़गी", imported: "हमने पहली बार लिया", changed: "आख़िरी बदलाव", noDate: "स्रोत लिस्टिंग की तारीख़ नहीं बताता।",
  from: "स्रोत", demoSource: "दिखाने के लिए बनाया गया डेटा",
  demoNote: "दिखाने के लिए बनाया गया डेटा: यह संपत्ति असल में नहीं है।",
  reach: "उनका संपर्क", shownThem: "उन्हें दिखाया गया", opening: "खुल रहा है…", back: "वापस", backTo: (title) => `वापस: ${title}`,
};

export const say = dictionary(EN, HI);
