// The words of the inbox, in English and Hindi.

import { dictionary } from "../lib/words.ts";

const EN = {
  title: "Inbox", show: "Show", all: "All", unread: "Unread", isUnread: "Unread.", about: "About", everything: "Everything",
  transactional: "Visits and requests", system: "Your account", marketing: "Offers",
  unreadOf: (n: number, more: boolean): string => (n === 0 && !more ? "All read" : `${n}${more ? "+" : ""} unread`),
  readAll: "Mark all as read", readThis: "Mark as read", readThisOf: (title: string): string => `Mark as read: ${title}`,
  open: "Open", openOf: (title: string): string => `Open: ${title}`, yourself: "Open it yourself:",
  none: "Nothing here yet.", noneLead: "Whatever concerns you will stand here: visits, your account, and offers if you ask for them.",
  noneUnread: "You have read everything.", noneSuch: "Nothing like that here.", showAll: "Show everything",
  older: "Show older", loading: "Looking…", count: (n: number): string => `${n} ${n === 1 ? "message" : "messages"} shown`,
  afresh: "The inbox has changed since, so it begins again.", failed: "That did not work.",
  settings: "What you are told", settingsLead: "Choose what reaches you where.",
  in_app: "Inbox", push: "App", email: "E-mail", sms: "SMS",
  switchOf: (category: string, channel: string): string => `${category}, ${channel}`,
  always: "Always in this inbox", noWay: (channels: string): string => `You cannot be reached by ${channels} yet.`,
  returned: (channel: string): string => `Messages by ${channel} came back, so nothing is sent there.`, again: (channel: string): string => `Use ${channel} again`,
  offersOn: "Send me offers", offersLead: "Nobody gets offers unasked.",
  quiet: "Quiet hours, India time", quietLead: "Then only what is urgent reaches you outside this inbox. The rest comes afterwards.",
  from: "From", until: "Until", never: "No quiet hours", save: "Save", saved: "Saved", saving: "Saving…",
};

const HI: typeof EN = {
  title: "इनबॉक्स", show: "दिखाएँ", all: "सब", unread: "अनपढ़े", isUnread: "अनपढ़ा।", about: "किस बारे में", everything: "सब कुछ",
  transactional: "विज़िट और अनुरोध", system: "आपका खाता", marketing: "ऑफ़र",
  unreadOf: (n, more) => (n === 0 && !more ? "सब पढ़ लिया" : `${n}${more ? "+" : ""} अनपढ़े`),
  readAll: "सब पढ़ा हुआ मानें", readThis: "पढ़ा हुआ मानें", readThisOf: (title) => `पढ़ा हुआ मानें: ${title}`,
  open: "खोलें", openOf: (title) => `खोलें: ${title}`, yourself: "इसे ख़ुद खोलें:",
  none: "अभी यहाँ कुछ नहीं है।", noneLead: "जो भी आपसे जुड़ा है, यहाँ दिखेगा: प्रॉपर्टी देखने के समय, आपका खाता, और माँगने पर ऑफ़र।",
  noneUnread: "आपने सब पढ़ लिया है।", noneSuch: "ऐसा यहाँ कुछ नहीं है।", showAll: "सब दिखाएँ",
  older: "पुराने दिखाएँ", loading: "देख रहे हैं…", count: (n) => `${n} संदेश दिखाए गए`,
  afresh: "इस बीच इनबॉक्स बदल गया है, इसलिए यह फिर शुरू से है।", failed: "यह नहीं हो पाया।",
  settings: "आपको क्या बताया जाए", settingsLead: "चुनें कि क्या कहाँ पहुँचे।",
  in_app: "इनबॉक्स", push: "ऐप", email: "ई-मेल", sms: "एसएमएस",
  switchOf: (category, channel) => `${category}, ${channel}`,
  always: "हमेशा इस इनबॉक्स में", noWay: (channels) => `${channels} पर अभी आप तक नहीं पहुँचा जा सकता।`,
  returned: (channel) => `${channel} के संदेश लौट आए, इसलिए वहाँ कुछ नहीं भेजा जाता।`, again: (channel) => `${channel} फिर इस्तेमाल करें`,
  offersOn: "मुझे ऑफ़र भेजें", offersLead: "बिना माँगे किसी को ऑफ़र नहीं मिलते।",
  quiet: "शांत समय, भारत का समय", quietLead: "तब इस इनबॉक्स के बाहर सिर्फ़ ज़रूरी बात पहुँचती है। बाक़ी बाद में आती है।",
  from: "कब से", until: "कब तक", never: "कोई शांत समय नहीं", save: "सहेजें", saved: "सहेजा गया", saving: "सहेज रहे हैं…",
};

export const say = dictionary(EN, HI);
