// The words of sharing, in English and Hindi.

import { dictionary } from "./words.ts";

const EN = {
  share: "Share", shareOf: (title: string): string => `Share: ${title}`, copied: "The link is copied.", opened: "Its page is open: share it from there.",
  shown: "Copy this link:",
};
const HI: typeof EN = {
  share: "साझा करें", shareOf: (title) => `साझा करें: ${title}`, copied: "लिंक कॉपी हो गया।", opened: "इसका पेज खुल गया: वहाँ से साझा करें।",
  shown: "यह लिंक कॉपी करें:",
};

export const say = dictionary(EN, HI);
