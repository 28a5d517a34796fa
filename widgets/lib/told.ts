// Fields of tools and their values in words, named as on our own pages.

import { CHOICES_EN, CHOICES_HI, FIELDS_HI, TOOLS_EN, TOOLS_HI } from "../types/names.ts";
import { day, exactRupees, moment } from "./format.ts";
import type { Language } from "./host.ts";
import { dictionary, languageOf, spoken } from "./words.ts";

/** A text and the language that it is in. */
export interface Said {
  readonly text: string;
  readonly lang: Language;
}

/** A field and its value. */
export interface Pair {
  readonly key: string;
  readonly name: Said;
  readonly value: Said;
}

/** What stands in a record instead of something personal. */
export const MASK = "•••";

const say = dictionary(
  { yes: "Yes", no: "No", none: "Nothing", number: (n: unknown) => `No. ${n}`, india: "India time", hidden: "hidden" },
  { yes: "हाँ", no: "नहीं", none: "कुछ नहीं", number: (n) => `नं. ${n}`, india: "भारत का समय", hidden: "छिपाया गया" },
);
const AMOUNTS = /^(price|amount|costs|budget_min|budget_max|rent|deposit)$/;
const OWN_WORDS = /(^|_)(name|title|reason|note|notes|message|comment|description|address|contact|text|localities)$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const KEY = /^[a-z]+(_[a-z]+)+$/;
const DEPTH = 3;

/** A text in the language that it is written in. */
export const written = (text: string): Said => ({ text, lang: languageOf(text) });

/** A moment with whose time it is. */
export const inIndia = (when: string): string => `${moment(when)} (${say("india")})`;

/** A field: "property_id" is "Property". */
export function fieldName(field: string): Said {
  const plain = field === "id" ? field : field.replace(/_id$/, "");
  return named(FIELDS_HI[plain], words(plain));
}

/** What a tool does: "update_profile" is "Update profile". A title of the server's is better English. */
export const toolName = (tool: string, title?: string): Said => named(TOOLS_HI[tool], title ?? TOOLS_EN[tool] ?? words(tool));

/** Something that was touched: "property:5" is "Property 5". */
export function subjectName(subject: string): Said {
  const [kind = "", ...which] = subject.split(":");
  const { text, lang } = fieldName(kind);
  return { text: `${text} ${which.join(":")}`.trim(), lang };
}

/** Every field of a record in words. */
export const pairs = (record: Readonly<Record<string, unknown>>): Pair[] =>
  Object.entries(record).map(([key, value]) => ({ key, name: fieldName(key), value: valueOf(key, value) }));

/** A value in words. */
export const valueOf = (field: string, value: unknown): Said => written(inWords(field, value, DEPTH));

function inWords(field: string, value: unknown, depth: number): string {
  if (value === null || value === undefined || value === "") return say("none");
  if (value === MASK) return say("hidden");
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (typeof value === "number") return counted(field, value);
  if (typeof value === "string") return text(field, value);
  if (depth === 0) return JSON.stringify(value);
  if (Array.isArray(value)) return value.map((each) => inWords(field, each, depth - 1)).join(", ") || say("none");
  return nested(value as Record<string, unknown>, depth - 1);
}

function nested(record: Record<string, unknown>, depth: number): string {
  const said = Object.entries(record).map(([key, value]) => `${fieldName(key).text}: ${inWords(key, value, depth)}`);
  return said.join("; ") || say("none");
}

function counted(field: string, value: number): string {
  if (field === "id" || field.endsWith("_id")) return say("number")(value);
  return AMOUNTS.test(field) ? exactRupees(value) : value.toLocaleString("en-IN");
}

function text(field: string, value: string): string {
  if (DAY.test(value)) return day(value);
  if (MOMENT.test(value) && !Number.isNaN(Date.parse(value))) return inIndia(value);
  if (AMOUNTS.test(field) && /^-?\d+(\.\d+)?$/.test(value)) return exactRupees(value);
  return OWN_WORDS.test(field) ? value : choice(value);
}

function choice(value: string): string {
  const hindi = spoken() === "hi" ? CHOICES_HI[value] : undefined;
  return hindi ?? CHOICES_EN[value] ?? (KEY.test(value) ? value.replaceAll("_", " ") : value);
}

function named(hindi: string | undefined, english: string): Said {
  return spoken() === "hi" && hindi !== undefined ? { text: hindi, lang: "hi" } : { text: english, lang: "en" };
}

const words = (name: string): string => name.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
