// The words of the queue of listings to review, in English and Hindi.

import { dictionary } from "../lib/words.ts";

type Known = Readonly<Record<string, string>>;

const EN = {
  title: "Listings to review", untitled: (id: number): string => `Listing ${id}`, again: "Look again", loading: "Looking…", more: "Show more",
  count: (n: number, more: boolean): string => `${n} ${n === 1 ? "listing waits" : "listings wait"}${more ? ", and more" : ""}`,
  afresh: "The queue has changed since, so it begins again.", none: "Nothing waits for a review.",
  noneLead: "What owners hand in comes here, the longest first.",
  all: "All of these are decided.",
  since: (when: string): string => `Waits since ${when}`, nth: (n: number): string => `Handed in for the ${n}${n === 2 ? "nd" : n === 3 ? "rd" : "th"} time`,
  doubts: (n: number): string => (n === 1 ? "1 doubt" : `${n} doubts`), look: "Look at it", fold: "Fold it up",
  of: (what: string, title: string): string => `${what}: ${title}`,
  noPhotos: "It has no photos.", facts: "What it says", notSaid: "Not said", amenities: "There is", from: "Can be had from",
  words: "In its owner's words", noWords: "It has no description.",
  other: (id: number): string => `Look at property ${id}`, history: "How it came here",
  draft: "Draft", review: "In review", live: "Live", paused: "Paused", rented: "Rented", sold: "Sold", archived: "Archived",
  by: { owner: "its owner", carer: "whoever cares for it", admin: "an admin", reviewer: "a reviewer", clock: "the clock" } as Known,
  moved: (was: string | null, now: string, by: string): string => `${was ? `${was} → ${now}` : now}, by ${by}`,
  decide: "Your decision", approve: "Approve", ask_for_changes: "Ask for changes", reject: "Reject",
  lead: {
    approve: "People find it at once, and its owner is told.", ask_for_changes: "It goes back to its owner as a draft, with your words.",
    reject: "It is archived, and its owner is told why.",
  } as Known,
  question: { approve: "A word for its owner, if you like", ask_for_changes: "What should change?", reject: "Why is it rejected?" } as Known,
  reads: "Its owner reads this.", needed: "Say why in a few words: its owner is told.",
  ready: "Press what fits; change the words as you like.",
  doing: { approve: "Approving…", ask_for_changes: "Asking…", reject: "Rejecting…" } as Known,
  grounds: ["It is listed already.", "The photos do not show this home.", "Its words or photos have contact details.", "It is not to be had any more."] as readonly string[],
  approved: "Approved: people find it now.", changesAsked: "Changes are asked for: its owner has it back.", rejected: "Rejected: it is archived.",
  elsewhere: "This was decided elsewhere.",
  next: (title: string): string => `Next: ${title}`, told: "Its owner is told:",
};

const HI: typeof EN = {
  title: "जाँचने के लिए लिस्टिंग", untitled: (id) => `लिस्टिंग ${id}`, again: "फिर देखें", loading: "देख रहे हैं…", more: "और दिखाएँ",
  count: (n, more) => `${n} लिस्टिंग इंतज़ार में${more ? ", और भी हैं" : ""}`,
  afresh: "इस बीच सूची बदल गई है, इसलिए फिर शुरू से है।", none: "जाँच के लिए कुछ नहीं है।", noneLead: "मालिक जो देते हैं, वह यहाँ आता है, सबसे पुराना पहले।",
  all: "इन सब पर फ़ैसला हो चुका।",
  since: (when) => `${when} से इंतज़ार में`, nth: (n) => `${n}वीं बार दी गई`,
  doubts: (n) => `${n} संदेह`, look: "देखें", fold: "समेटें", of: (what, title) => `${what}: ${title}`,
  noPhotos: "इसमें कोई फ़ोटो नहीं है।", facts: "यह क्या कहती है", notSaid: "नहीं बताया", amenities: "इसमें है",
  from: "कब से मिलेगी", words: "मालिक के शब्दों में", noWords: "इसका कोई विवरण नहीं है।",
  other: (id) => `संपत्ति ${id} देखें`, history: "यहाँ तक कैसे पहुँची",
  draft: "ड्राफ़्ट", review: "जाँच में", live: "चालू", paused: "रुकी हुई", rented: "किराए पर", sold: "बिकी", archived: "संग्रहित",
  by: { owner: "मालिक", carer: "देखभाल करने वाले", admin: "एडमिन", reviewer: "जाँचने वाले", clock: "समय" },
  moved: (was, now, by) => `${was ? `${was} → ${now}` : now} (${by})`,
  decide: "आपका फ़ैसला", approve: "मंज़ूर करें", ask_for_changes: "बदलाव माँगें", reject: "नामंज़ूर करें",
  lead: {
    approve: "यह तुरंत लोगों को दिखेगी, और मालिक को बताया जाएगा।", ask_for_changes: "यह आपके शब्दों के साथ ड्राफ़्ट बनकर मालिक के पास लौटेगी।",
    reject: "यह संग्रहित होगी, और मालिक को वजह बताई जाएगी।",
  },
  question: { approve: "चाहें तो मालिक के लिए दो शब्द", ask_for_changes: "क्या बदलना चाहिए?", reject: "क्यों नामंज़ूर है?" },
  reads: "इसे मालिक पढ़ते हैं।", needed: "थोड़े शब्दों में वजह बताएँ: मालिक को यह बताई जाती है।",
  ready: "जो ठीक लगे, दबाएँ; शब्द बदल सकते हैं।",
  doing: { approve: "मंज़ूर कर रहे हैं…", ask_for_changes: "माँग रहे हैं…", reject: "नामंज़ूर कर रहे हैं…" },
  grounds: ["यह पहले से लिस्ट है।", "फ़ोटो इस घर की नहीं हैं।", "शब्दों या फ़ोटो में संपर्क की जानकारी है।", "यह अब उपलब्ध नहीं है।"],
  approved: "मंज़ूर: अब यह लोगों को दिखती है।", changesAsked: "बदलाव माँगे गए: यह मालिक के पास लौट गई।",
  rejected: "नामंज़ूर: यह संग्रहित है।", elsewhere: "इस पर कहीं और फ़ैसला हो चुका।",
  next: (title) => `अगली: ${title}`, told: "मालिक को बताया गया:",
};

export const say = dictionary(EN, HI);
