// The words of the listing editor, in English and Hindi.

import { dictionary } from "../lib/words.ts";

const EN = {
  draft: "Draft", review: "In review", live: "Live", paused: "Paused", rented: "Rented", sold: "Sold", archived: "Archived",
  score: (n: number): string => `${n} of 100`, scoreLabel: "How much it tells", read: "Read from your words. Please look at:", unread: "Not understood:",
  missing: "Still needed:",
  form: "What you offer", more: "More about it", purpose: "Offered to", kind: "Type", price: "Price, in rupees", rent: "Rent a month, in rupees", bedrooms: "Bedrooms",
  balconies: "Balconies",
  area: "Area, in square feet", locality: "Locality", sector: "Sector", society: "Society or project", furnishing: "Furnishing", facing: "Facing",
  age: "Years since it was built",
  floor: "Floor", possession: "Possession", available_from: "Can be had from", title: "Title", description: "Description",
  describe: "No phone numbers, e-mail addresses or links.", amenities: "What there is",
  tenants: "Who is welcome", lat: "Point on the map", photos: "Photos", unsaid: "Not said", buy: "Buy", letting: "Rent", pg: "PG", save: "Save", saving: "Saving…",
  saved: "Saved.", changed: "There are changes that are not saved.",
  hand: "Hand in for review", handed: "It was handed in. Somebody looks at it before anybody finds it.", fixes: "What would make it better",
  points: (n: number): string => `+${n}`,
  to: (what: string): string => `Go to: ${what}`, doubts: "Worth checking",
  expires: (day: string): string => `It stays on offer until ${day}, and longer when you renew it.`,
  add: "Add photos", plan: "Add a floor plan", sending: (n: number, of: number): string => `Sending ${n} of ${of}…`,
  count: (n: number, of: number): string => `${n} of ${of}`, cover: "Cover", held: "Being looked at", makeCover: "Make it the cover",
  earlier: "Move it forward", later: "Move it back", remove: "Remove", removed: "The photo was removed.", undo: "Undo", caption: "Caption",
  captionOf: (n: number): string => `Caption of photo ${n}`, photo: (n: number): string => `Photo ${n}`,
  floorPlan: "Floor plan", processing: "Being made…", waiting: "Waiting for its file", noPhotos: "No photos yet. Homes with photos are looked at far more.",
  unusable: (name: string): string => `${name} cannot be read here. Choose a JPEG, PNG or WebP.`,
  stripped: "Where and when a photo was taken is removed from it.", number: "Give a number.", failed: "That did not work.",
};

const HI: typeof EN = {
  draft: "मसौदा", review: "जाँच में", live: "चालू", paused: "रुका हुआ", rented: "किराए पर गया", sold: "बिक गया", archived: "बंद",
  score: (n) => `100 में से ${n}`, scoreLabel: "यह कितना बताती है", read: "आपके शब्दों से समझा गया। कृपया देख लें:", unread: "समझ नहीं आया:", missing: "अभी चाहिए:",
  form: "आप क्या दे रहे हैं", more: "इसके बारे में और", purpose: "किसलिए", kind: "प्रकार", price: "क़ीमत, रुपये में", rent: "महीने का किराया, रुपये में",
  bedrooms: "कमरे", balconies: "बालकनी",
  area: "क्षेत्रफल, वर्ग फ़ुट में", locality: "इलाक़ा", sector: "सेक्टर", society: "सोसाइटी या प्रोजेक्ट", furnishing: "फ़र्नीचर", facing: "मुख",
  age: "बने कितने साल हुए",
  floor: "मंज़िल", possession: "क़ब्ज़ा", available_from: "कब से मिलेगा", title: "शीर्षक", description: "विवरण", describe: "फ़ोन नंबर, ई-मेल या लिंक न लिखें।",
  amenities: "क्या-क्या है",
  tenants: "किनका स्वागत है", lat: "नक़्शे पर जगह", photos: "तस्वीरें", unsaid: "नहीं बताया", buy: "ख़रीदना", letting: "किराया", pg: "पीजी", save: "सहेजें",
  saving: "सहेज रहे हैं…", saved: "सहेजा गया।", changed: "कुछ बदलाव अभी सहेजे नहीं गए।",
  hand: "जाँच के लिए भेजें", handed: "जाँच के लिए भेज दिया गया। लोगों को दिखने से पहले कोई इसे देखेगा।", fixes: "इसे बेहतर क्या बनाएगा", points: (n) => `+${n}`,
  to: (what) => `यहाँ जाएँ: ${what}`, doubts: "जाँचने लायक़", expires: (day) => `यह ${day} तक चालू रहेगी, और नवीकरण करने पर उसके बाद भी।`,
  add: "तस्वीरें जोड़ें", plan: "फ़्लोर प्लान जोड़ें", sending: (n, of) => `${of} में से ${n} भेज रहे हैं…`, count: (n, of) => `${of} में से ${n}`, cover: "कवर", held: "जाँच में",
  makeCover: "कवर बनाएँ",
  earlier: "आगे करें", later: "पीछे करें", remove: "हटाएँ", removed: "तस्वीर हटा दी गई।", undo: "वापस लें", caption: "कैप्शन",
  captionOf: (n) => `तस्वीर ${n} का कैप्शन`, photo: (n) => `तस्वीर ${n}`,
  floorPlan: "फ़्लोर प्लान", processing: "तैयार हो रही है…", waiting: "फ़ाइल का इंतज़ार",
  noPhotos: "अभी कोई तस्वीर नहीं। तस्वीरों वाले घर कहीं ज़्यादा देखे जाते हैं।", unusable: (name) => `${name} यहाँ पढ़ी नहीं जा सकी। JPEG, PNG या WebP चुनें।`,
  stripped: "तस्वीर कहाँ और कब ली गई, यह उससे हटा दिया जाता है।", number: "कोई संख्या लिखें।", failed: "यह नहीं हो सका।",
};

export const say = dictionary(EN, HI);
