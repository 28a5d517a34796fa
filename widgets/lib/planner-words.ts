// The words of choosing a time for a visit, in English and Hindi.

import { dictionary } from "./words.ts";

const EN = {
  day: "Day", time: "Time, India", morning: "Morning", afternoon: "Afternoon", evening: "Evening", today: "Today", tomorrow: "Tomorrow",
  hint: "A visit takes half an hour, costs nothing and can be cancelled.",
  ask: "Ask for this time", move: "Move it to this time", other: "Choose another time", shut: "Not now",
  pick: "Choose a day and a time.", done: (when: string): string => `The visit is requested for ${when}, India time.`,
  later: "Later days", noneThen: "No time is left on this day.",
  free: (n: number): string => (n === 1 ? "1 time" : `${n} times`), full: "None",
  onRequest: "Dashed times: nobody is free yet, so somebody is looked for.",
  nobody: "Nobody looks after this property yet. Whoever is found will confirm your visit.",
  sought: "somebody is looked for", holiday: (name: string): string => `Holiday: ${name}`,
};

const HI: typeof EN = {
  day: "दिन", time: "समय, भारत", morning: "सुबह", afternoon: "दोपहर", evening: "शाम", today: "आज", tomorrow: "कल",
  hint: "देखने में आधा घंटा लगता है, कोई ख़र्च नहीं है और इसे रद्द किया जा सकता है।",
  ask: "यह समय माँगें", move: "इस समय पर बदलें", other: "दूसरा समय चुनें", shut: "अभी नहीं",
  pick: "दिन और समय चुनें।", done: (when) => `${when} (भारतीय समय) के लिए देखने का समय माँगा गया।`,
  later: "आगे के दिन", noneThen: "इस दिन कोई समय नहीं बचा।",
  free: (n) => `${n} समय`, full: "नहीं",
  onRequest: "टूटी रेखा वाले समय: अभी कोई ख़ाली नहीं है, इसलिए किसी को ढूँढा जाएगा।",
  nobody: "अभी कोई इस प्रॉपर्टी को नहीं सँभालता। जो मिलेगा, वह आपके समय की पुष्टि करेगा।",
  sought: "किसी को ढूँढा जाएगा", holiday: (name) => `छुट्टी: ${name}`,
};

export const say = dictionary(EN, HI);
