// What the deck says in its own words.

import { dictionary } from "../lib/words.ts";

const EN = {
  title: "Properties for you", back: "Back to the deck", sayOf: "What do you think of it?",
  pass: "Pass", like: "Like", super_like: "Super-like", undo: "Take back the last swipe",
  detailsOf: (home: string): string => `Details of ${home}`,
  liked: (n: number): string => `${n} liked`, likedBy: (n: number): string => `liked by ${n} people`,
  because: { taste: "Like one you liked", wanted: "Fits what you look for", popular: "Popular now", fresh: "New here", explore: "Something different" },
  done: {
    pass: (home: string): string => `Passed: ${home}.`, like: (home: string): string => `Liked: ${home}.`, super_like: (home: string): string => `Super-liked: ${home}.`,
    undone: (home: string): string => `Taken back: ${home}.`, skipped: (home: string): string => `Left undecided: ${home}.`,
  },
  now: (home: string, why: string): string => `Now: ${home}. ${why}.`,
  keys: "Swipe the card, or use the arrow keys: ← pass, → like, ↑ super-like. U takes back.",
  lookOn: "Look on without signing in", allSeen: "You have seen all that fits", none: "Nothing fits",
  wider: "Ask for more kinds, a wider budget or another place.", widen: "Look wider",
  askWider: "Show me more properties to swipe: widen the search a little.", demo: "Made-up demonstration data: these properties do not exist.",
};

export type Words = typeof EN;

const HI: Words = {
  title: "आपके लिए संपत्तियाँ", back: "कार्ड पर वापस", sayOf: "यह आपको कैसी लगी?",
  pass: "छोड़ें", like: "पसंद", super_like: "बहुत पसंद", undo: "पिछली पसंद वापस लें",
  detailsOf: (home) => `विवरण: ${home}`,
  liked: (n) => `${n} पसंद`, likedBy: (n) => `${n} लोगों को पसंद`,
  because: { taste: "आपकी पसंद जैसी", wanted: "जैसी आप चाहते हैं", popular: "इन दिनों लोकप्रिय", fresh: "यहाँ नई", explore: "कुछ अलग" },
  done: {
    pass: (home) => `छोड़ी: ${home}।`, like: (home) => `पसंद की: ${home}।`, super_like: (home) => `बहुत पसंद की: ${home}।`,
    undone: (home) => `वापस ली: ${home}।`, skipped: (home) => `बिना कुछ कहे आगे: ${home}।`,
  },
  now: (home, why) => `अब: ${home}। ${why}।`,
  keys: "कार्ड खिसकाएँ, या तीर वाली कुंजियाँ दबाएँ: ← छोड़ें, → पसंद, ↑ बहुत पसंद। U से वापस लें।",
  lookOn: "बिना साइन इन किए आगे देखें", allSeen: "जो ठीक बैठता है, आप सब देख चुके", none: "कुछ नहीं मिला",
  wider: "और तरह की संपत्ति, बड़ा बजट या दूसरी जगह माँगें।", widen: "और खोजें",
  askWider: "मुझे और संपत्तियाँ दिखाइए: खोज थोड़ी बढ़ा दीजिए।", demo: "दिखाने के लिए बनाया गया डेटा: ये संपत्तियाँ असल में नहीं हैं।",
};

export const say = dictionary(EN, HI);
