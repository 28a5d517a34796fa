// The page's own words, in English and Hindi, and how amounts and distances are said in each.

import { amenity, reason, tenant } from "./hindi.js";

const WORDS = {
  en: {
    title: "360 Ghar: a home, in your own words", ghar: "Ghar",
    skip: "Skip to the question", site: "Site", docs: "API", afresh: "New chat",
    signIn: "Sign in", signOut: "Sign out", account: "Account", signedInAs: "Signed in as", me: "You", signInFirst: "Sign in to do this",
    eyebrow: "Gurugram · buy · rent · PG",
    headline: "A home,", headline2: "in your own words.",
    lead: "Ask the way you would ask a friend. You see what was understood, why each property fits, and what nobody knows.",
    talk: "Conversation", label: "Your question", hint: "2 BHK under 40k near Cyber City", hintNext: "Ask further: “the second one”",
    send: "Ask", stop: "Stop", try: "Try one of these",
    doors: "One answer, every door", doorsLead: "The same functions answer this page, MCP hosts, REST clients and the command line.",
    command: "Command line", docsLong: "API documentation",
    foot: "Every figure comes from a listing; what its source does not say is shown as unknown.",
    you: "You asked", answer: "Answer", searching: "Looking through the listings…", opening: "Opening the property…", working: "Working…",
    found: (n, more) => `${n} ${n === 1 ? "property" : "properties"} shown${more ? ", and there are more" : ""}.`,
    none: "No property fits exactly.", stopped: "Stopped.",
    understood: "Understood", unread: "Not understood", relax: "What would help",
    demo: "Demo", demoLong: "Made-up demonstration property", details: "Details", detailsOf: (title) => `Details of ${title}`,
    about: (id) => `Tell me about property ${id}`,
    buy: "For sale", rent: "For rent", pg: "PG",
    apartment: "apartment", builder_floor: "builder floor", house: "house", plot: "plot", shop: "shop", office: "office", pg_kind: "PG",
    bhk: (n) => (n === 0 ? "Studio" : `${n} BHK`), area: (n) => `${grouped(n)} sq ft`, rate: (n) => `₹${grouped(n)}/sq ft`,
    furnished: "Furnished", semi_furnished: "Semi-furnished", unfurnished: "Unfurnished",
    facing: (f) => `${f.replace("_", "-")} facing`.replace(/^./, (c) => c.toUpperCase()),
    ready: "Ready to move in", under_construction: "Under construction",
    from: (x) => `from ${x}`, upTo: (x) => `up to ${x}`, nearTo: (x) => `near ${x}`, inside: (x) => `in ${x}`,
    metro: (d) => `Metro ${d}`, away: (d) => `${d} away`, m: "m", km: "km",
    allMet: (n) => (n === 1 ? "Meets your wish" : `Meets ${n} wishes`), missed: "Misses", unknown: "Unknown", doubts: "Check this",
    has: "Has", lacks: "Has not", metros: "Nearest metro", compared: "Its price in its locality", welcome: "Welcome",
    offline: "The connection was lost. Check the network and ask again.", broken: "The server's answer could not be read. Please ask again.",
    busy: "Too many questions at once. Wait a moment and ask again.", refused: "The question could not be taken.",
    again: "Ask again",
    waits: "Waiting for you", whom: "To whom", costs: "Costs", nothing: "Nothing", until: "Until", before: "Decide before",
    approve: "Approve", deny: "Do not do it", whyNot: "Why not? (if you like)", approved: "You approved this.", denied: "You said no to this.",
    onPage: "Look at it on its own page",
  },
  hi: {
    title: "360 घर: घर, आपके अपने शब्दों में", ghar: "घर",
    skip: "सीधे सवाल पर जाएँ", site: "साइट", docs: "API", afresh: "नई बातचीत",
    signIn: "साइन इन", signOut: "साइन आउट", account: "खाता", signedInAs: "साइन इन:", me: "आप", signInFirst: "इसके लिए साइन इन करें",
    eyebrow: "गुरुग्राम · ख़रीद · किराया · पीजी",
    headline: "घर,", headline2: "आपके अपने शब्दों में।",
    lead: "वैसे ही पूछिए जैसे किसी दोस्त से पूछते हैं। आप देखेंगे कि क्या समझा गया, हर संपत्ति क्यों ठीक बैठती है, और क्या किसी को पता नहीं।",
    talk: "बातचीत", label: "आपका सवाल", hint: "साइबर सिटी के पास 40 हज़ार तक 2 BHK", hintNext: "आगे पूछिए: “दूसरा वाला”",
    send: "पूछें", stop: "रोकें", try: "इनमें से कोई पूछिए",
    doors: "एक जवाब, हर दरवाज़े से", doorsLead: "यही फ़ंक्शन इस पेज, MCP, REST और कमांड लाइन, सबको जवाब देते हैं।",
    command: "कमांड लाइन", docsLong: "API दस्तावेज़",
    foot: "हर आँकड़ा किसी लिस्टिंग से आता है; जो स्रोत नहीं बताता, वह अज्ञात दिखाया जाता है।",
    you: "आपने पूछा", answer: "जवाब", searching: "लिस्टिंग में खोज रहे हैं…", opening: "संपत्ति खोल रहे हैं…", working: "काम चल रहा है…",
    found: (n, more) => `${n} संपत्तियाँ दिखाई गईं${more ? ", और भी हैं" : ""}।`,
    none: "कोई संपत्ति पूरी तरह ठीक नहीं बैठती।", stopped: "रोक दिया गया।",
    understood: "समझा गया", unread: "समझ नहीं आया", relax: "क्या करने से मिलेगा",
    demo: "डेमो", demoLong: "दिखाने के लिए बनाई गई संपत्ति", details: "विवरण", detailsOf: (title) => `${title} का विवरण`,
    about: (id) => `प्रॉपर्टी ${id} के बारे में बताओ`,
    buy: "बिक्री के लिए", rent: "किराए पर", pg: "पीजी",
    apartment: "अपार्टमेंट", builder_floor: "बिल्डर फ़्लोर", house: "मकान", plot: "प्लॉट", shop: "दुकान", office: "दफ़्तर", pg_kind: "पीजी",
    bhk: (n) => (n === 0 ? "स्टूडियो" : `${n} BHK`), area: (n) => `${grouped(n)} वर्ग फ़ुट`, rate: (n) => `₹${grouped(n)}/वर्ग फ़ुट`,
    furnished: "फ़र्निश्ड", semi_furnished: "सेमी-फ़र्निश्ड", unfurnished: "बिना फ़र्नीचर",
    facing: (f) => `${FACING_HI[f] ?? f} मुखी`,
    ready: "रहने को तैयार", under_construction: "निर्माणाधीन",
    from: (x) => `${x} से`, upTo: (x) => `${x} तक`, nearTo: (x) => `${x} के पास`, inside: (x) => `${x} में`,
    metro: (d) => `मेट्रो ${d}`, away: (d) => `${d} दूर`, m: "मी", km: "किमी",
    allMet: (n) => `${n} शर्तें पूरी`, missed: "पूरी नहीं", unknown: "अज्ञात", doubts: "जाँच लें",
    whence: (from) => `हमने इसे पहली बार ${dated(from.first_imported)} को लिया; स्रोत लिस्टिंग की तारीख़ नहीं बताता। आख़िरी बदलाव: ${dated(from.last_changed)}।`,
    has: "सुविधाएँ", lacks: "नहीं है", metros: "सबसे पास मेट्रो", compared: "इलाक़े में क़ीमत", welcome: "किनके लिए",
    offline: "कनेक्शन टूट गया। नेटवर्क देखकर फिर पूछिए।", broken: "सर्वर का जवाब पढ़ा नहीं जा सका। कृपया फिर पूछिए।",
    busy: "एक साथ बहुत सारे सवाल। थोड़ी देर बाद पूछिए।", refused: "सवाल लिया नहीं जा सका।",
    again: "फिर पूछिए",
    waits: "आपकी हाँ का इंतज़ार है", whom: "किसे", costs: "ख़र्च", nothing: "कुछ नहीं", until: "कब तक", before: "इससे पहले तय करें",
    approve: "मंज़ूर है", deny: "यह न करें", whyNot: "क्यों नहीं? (चाहें तो)", approved: "आपने मंज़ूरी दी।", denied: "आपने मना किया।",
    onPage: "इसे इसके पन्ने पर देखें",
  },
};

const FACING_HI = {
  north: "उत्तर", north_east: "उत्तर-पूर्व", east: "पूर्व", south_east: "दक्षिण-पूर्व",
  south: "दक्षिण", south_west: "दक्षिण-पश्चिम", west: "पश्चिम", north_west: "उत्तर-पश्चिम",
};

export const EXAMPLES = {
  en: ["2 BHK under 40k near Cyber City", "3 BHK builder floor in Sector 57", "Ready to move flat with parking, 1.5 to 2 crore", "Plot in DLF Phase 2", "PG for girls near a metro"],
  hi: ["साइबर सिटी के पास 40 हज़ार तक 2 BHK", "सेक्टर 57 में 3 BHK", "mujhe 2bhk chahiye 60 lakh tak", "मेट्रो के पास किराए का घर"],
};

let language = "en";

// The language of the page: "en" or "hi".
export const current = () => language;
export const speak = (chosen) => { language = chosen; };
export const say = (key) => WORDS[language][key];
export const titled = (key, fallback = "") => WORDS[language][key] ?? fallback;

// 12345678 is "1,23,45,678".
export const grouped = (number) => Math.round(number).toLocaleString("en-IN");

// A price as people say it. English comes from the server as it is.
export function price(card) {
  if (language === "en" && card.price_text) return card.price_text;
  const amount = Number(card.price);
  const short = (n) => String(Number(n.toFixed(2)));
  const monthly = card.purpose !== "buy";
  if (monthly && amount < 1e6) return `₹${grouped(amount)}/${language === "hi" ? "माह" : "month"}`;
  if (amount >= 1e7) return `₹${short(amount / 1e7)} ${language === "hi" ? "करोड़" : "Cr"}`;
  if (amount >= 1e5) return `₹${short(amount / 1e5)} ${language === "hi" ? "लाख" : "lakh"}`;
  return `₹${grouped(amount)}`;
}

const dated = (day) => new Date(day).toLocaleDateString("hi-IN-u-nu-latn", { day: "numeric", month: "long", year: "numeric", timeZone: "Asia/Kolkata" });

// A moment as people in India say it: "22 Nov 2026, 3:30 pm".
export const moment = (iso) => new Date(iso).toLocaleString(language === "hi" ? "hi-IN" : "en-IN", { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Kolkata" });

const FIELDS_HI = { property: "प्रॉपर्टी", starts: "कब", reason: "कारण", visit: "विज़िट", name: "नाम", language: "भाषा", note: "टिप्पणी" };

const TOOLS_HI = { shortlist_property: "पसंद की सूची में रखें।", remove_from_shortlist: "पसंद की सूची से हटाएँ।", cancel_visit: "विज़िट रद्द करें।", undo_action: "वापस लें।" };

// What a plain tool does, for which the server has an English title alone.
export const doing = (tool, title) => (language === "hi" && TOOLS_HI[tool]) || title;

// A field of a tool in words: "property_id" is "Property".
export function fieldName(name) {
  const plain = name === "id" ? name : name.replace(/_id$/, "");
  return (language === "hi" && FIELDS_HI[plain]) || humanised(plain);
}

export function distance(metres) {
  return metres < 1000 ? `${metres} ${say("m")}` : `${Number((metres / 1000).toFixed(1))} ${say("km")}`;
}

// Puts the words of the chosen language into everything that is marked for it.
export function relabel(root = document) {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const node of root.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  for (const node of root.querySelectorAll("[data-hint]")) node.setAttribute("placeholder", say(node.dataset.hint));
}

// The filters that were read from a question, each in a few words of the page's language.
export function wishes(filters) {
  const read = filters ?? {};
  const many = (name) => read[name] ?? [];
  const money = (amount) => price({ price: amount, purpose: "buy" });
  const said = [
    read.purpose && say(read.purpose),
    ...many("kinds").map((kind) => (kind === "pg" ? say("pg_kind") : titled(kind, kind))),
    many("bedrooms").length > 0 && many("bedrooms").map((n) => say("bhk")(n)).join(" / "),
    read.budget_min !== null && read.budget_min !== undefined && say("from")(money(read.budget_min)),
    read.budget_max !== null && read.budget_max !== undefined && say("upTo")(money(read.budget_max)),
    read.area_min && say("from")(say("area")(read.area_min)),
    read.area_max && say("upTo")(say("area")(read.area_max)),
    ...many("near").map((place) => say("nearTo")(place)),
    ...["locality", "sector", "society"].flatMap(many).map((place) => say("inside")(place)),
    read.metro_within && say("metro")(`≤ ${distance(read.metro_within)}`),
    ...many("furnishing").map((key) => titled(key)),
    ...many("facing").map((key) => say("facing")(key)),
    ...many("amenities").map(humanised),
    read.possession && titled(read.possession),
    ...many("tenants").map(humanised),
  ];
  return [...new Set(said.filter(Boolean))];
}

const SHORT = { cctv: "CCTV", ac: "AC", wifi: "Wi-Fi", tv: "TV" };

// A reason that the server gives in English, in the language of the page.
export const reasoned = (text) => (language === "hi" ? reason(text) : text);

// A key of the vocabulary as words: "power_backup" is "Power backup".
export const humanised = (key) => (language === "hi" && (amenity(key) ?? tenant(key))) || (SHORT[key] ?? key.replaceAll("_", " ").replace(/^./, (c) => c.toUpperCase()));

// What one bent wish would find, in the page's language.
export function bent(way) {
  if (language === "en") return way.text;
  const count = way.count > 1000 ? "1,000 से ज़्यादा" : way.count;
  return `${HI_CHANGES[way.field]?.(way.value) ?? "एक शर्त ढीली हो"} तो ${count}`;
}

const HI_CHANGES = {
  budget_max: (value) => `बजट ${price({ price: value, purpose: "buy" })} हो`, budget_min: () => "कम क़ीमत भी चले",
  radius: (value) => `दायरा ${distance(Number(value))} हो`, metro_within: (value) => `मेट्रो ${distance(Number(value))} तक हो`,
  bedrooms: (value) => `${value} BHK हो`, near: (value) => `${value} के आसपास भी चले`, kinds: () => "कोई भी प्रकार चले",
  furnishing: () => "फ़र्नीचर कैसा भी हो", facing: () => "दिशा कोई भी हो", floor: () => "मंज़िल कोई भी हो", age: () => "उम्र कुछ भी हो",
  possession: () => "कब्ज़ा कभी भी मिले", amenities: () => "एक सुविधा ज़रूरी न हो", tenants: () => "किराएदार की शर्त न हो",
};
