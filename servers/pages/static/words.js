// The page's own words, in English and Hindi.

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
    offline: "The connection was lost. Check the network and ask again.", broken: "The server's answer could not be read. Please ask again.",
    busy: "Too many questions at once. Wait a moment and ask again.", refused: "The question could not be taken.",
    waits: "Waiting for you", notYours: "Only you can decide this, on its own page.",
    undecided: "That did not arrive, so nothing was done. Decide again.",
    views: { "property-list": "Properties", "property-deck": "Properties to swipe", "property-detail": "Property", "property-compare": "Comparison", "confirm-action": "To confirm", "activity-list": "Activity", "inbox": "Inbox" },
    showAgain: (title) => `Show again: ${title}`, close: "Close", onPage: "Look at it on its own page",
    leaving: "Open this page?", leavingLead: "It belongs to somebody else, and opens in a new tab.", open: "Open", stay: "Stay here",
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
    offline: "कनेक्शन टूट गया। नेटवर्क देखकर फिर पूछिए।", broken: "सर्वर का जवाब पढ़ा नहीं जा सका। कृपया फिर पूछिए।",
    busy: "एक साथ बहुत सारे सवाल। थोड़ी देर बाद पूछिए।", refused: "सवाल लिया नहीं जा सका।",
    waits: "आपकी हाँ का इंतज़ार है", notYours: "यह सिर्फ़ आप, इसके अपने पन्ने पर, तय कर सकते हैं।",
    undecided: "यह पहुँचा नहीं, इसलिए कुछ नहीं हुआ। फिर से तय करें।",
    views: { "property-list": "संपत्तियाँ", "property-deck": "पसंद करने के लिए संपत्तियाँ", "property-detail": "संपत्ति", "property-compare": "तुलना", "confirm-action": "आपकी हाँ के लिए", "activity-list": "गतिविधि", "inbox": "इनबॉक्स" },
    showAgain: (title) => `फिर दिखाएँ: ${title}`, close: "बंद करें", onPage: "इसे इसके पन्ने पर देखें",
    leaving: "यह पन्ना खोलें?", leavingLead: "यह किसी और का है, और नए टैब में खुलेगा।", open: "खोलें", stay: "यहीं रहें",
  },
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

// Puts the words of the chosen language into everything that is marked for it.
export function relabel(root = document) {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const node of root.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  for (const node of root.querySelectorAll("[data-hint]")) node.setAttribute("placeholder", say(node.dataset.hint));
}
