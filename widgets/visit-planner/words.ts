// The words of the visit planner, in English and Hindi.

import { dictionary } from "../lib/words.ts";

const EN = { title: "When to see it" };
const HI: typeof EN = { title: "कब देखें" };

export const say = dictionary(EN, HI);
