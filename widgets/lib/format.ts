// Amounts, areas, distances and moments as people in India say them; the same as the server says them.

import type { Language } from "./host.ts";
import { spoken } from "./words.ts";

/** Numbers from a tool, and amounts that travelled as text. */
export type Amount = number | string;

interface Decimal {
  /** Its digits, with `places` of them behind the point. */
  readonly digits: bigint;
  readonly places: number;
}

const LAKH = 100_000n;
const CRORE = 10_000_000n;
const hindi = (): boolean => spoken() === "hi";

/** A whole number in Indian grouping: 12345678 is "1,23,45,678". */
export function grouped(amount: Amount): string {
  const exact = read(amount);
  return exact === null ? unread(amount) : inGroups(rounded(exact, 1n));
}

function inGroups(whole: bigint): string {
  const digits = String(whole < 0n ? -whole : whole);
  const head = digits.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ",");
  return (whole < 0n ? "-" : "") + (head && `${head},`) + digits.slice(-3);
}

/** An amount as it is said: "₹45,000", "₹60 lakh", "₹1.2 Cr". */
export function rupees(amount: Amount): string {
  const exact = read(amount);
  if (exact === null) return unread(amount);
  if (atLeast(exact, CRORE - LAKH / 200n)) return `₹${short(exact, CRORE)} ${hindi() ? "करोड़" : "Cr"}`;
  if (atLeast(exact, LAKH)) return `₹${short(exact, LAKH)} ${hindi() ? "लाख" : "lakh"}`;
  return `₹${inGroups(rounded(exact, 1n))}`;
}

/** An amount to the paisa: "₹1,23,456", "₹99.50". */
export function exactRupees(amount: Amount): string {
  const exact = read(amount);
  if (exact === null) return unread(amount);
  const paise = rounded(exact, 1n, 2);
  const size = paise < 0n ? -paise : paise;
  const rest = size % 100n;
  return `${paise < 0n ? "-" : ""}₹${inGroups(size / 100n)}${rest ? `.${String(rest).padStart(2, "0")}` : ""}`;
}

/** A monthly rent, to the rupee up to ten lakh: "₹45,000/month". */
export function rent(amount: Amount): string {
  const exact = read(amount);
  if (exact === null) return unread(amount);
  const said = atLeast(exact, 10n * LAKH) ? rupees(amount) : `₹${grouped(amount)}`;
  return `${said}/${hindi() ? "माह" : "month"}`;
}

/** What a property costs: the whole price to buy, a month's rent otherwise. */
export const price = (card: { readonly price: Amount; readonly purpose: string }): string =>
  card.purpose === "buy" ? rupees(card.price) : rent(card.price);

/** An area: "1,250 sq ft". */
export const area = (sqft: Amount): string => `${grouped(sqft)} ${hindi() ? "वर्ग फुट" : "sq ft"}`;

/** A price by the area: "₹8,500/sq ft". */
export const rate = (perSqft: Amount): string => `₹${grouped(perSqft)}/${hindi() ? "वर्ग फुट" : "sq ft"}`;

/** Metres: "800 m", "1.5 km". */
export function distance(metres: number): string {
  if (metres < 1000) return `${Math.round(metres)} ${hindi() ? "मी" : "m"}`;
  // The server rounds half a tenth to the even one; of those that a fraction of two can hold only this goes down.
  const kilometres = metres % 1000 === 250 ? (metres - 1) / 1000 : metres / 1000;
  return `${kilometres.toFixed(1).replace(/\.0$/, "")} ${hindi() ? "किमी" : "km"}`;
}

const MONTHS: Record<Language, readonly string[]> = {
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  hi: ["जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"],
};
const WEEKDAYS: Record<Language, readonly string[]> = {
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  hi: ["रविवार", "सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार"],
};
const INDIA = 19_800_000;

/** A moment of a tool, or a day alone, which has no time zone. */
export type Moment = string | Date;

// India keeps one time the whole year, so its clock is a fixed step from the world's.
function there(when: Moment): Date {
  if (typeof when === "string" && /^\d{4}-\d\d-\d\d$/.test(when)) return new Date(`${when}T00:00:00Z`);
  return new Date(new Date(when).getTime() + INDIA);
}

/** A day: "22 November 2026". */
export function day(when: Moment): string {
  const date = there(when);
  return `${date.getUTCDate()} ${MONTHS[spoken()][date.getUTCMonth()] ?? ""} ${date.getUTCFullYear()}`;
}

/** A day in little room: "22 Nov", in Hindi "22 नवंबर". */
export function shortDay(when: Moment): string {
  const date = there(when);
  const month = MONTHS[spoken()][date.getUTCMonth()] ?? "";
  return `${date.getUTCDate()} ${hindi() ? month : month.slice(0, 3)}`;
}

/** "Sunday". */
export const weekday = (when: Moment): string => WEEKDAYS[spoken()][there(when).getUTCDay()] ?? "";

/** The time in India: "12:05". */
export const time = (when: Moment): string => there(when).toISOString().slice(11, 16);

/** The day in India as a key: "2026-11-22". */
export const dayKey = (when: Moment): string => there(when).toISOString().slice(0, 10);

/** A day and the time: "22 November 2026, 12:05". */
export const moment = (when: Moment): string => `${day(when)}, ${time(when)}`;

/** When to be somewhere: "Sunday, 22 November 2026, 12:00-12:30". */
export const appointment = (starts: Moment, ends: Moment): string => `${weekday(starts)}, ${day(starts)}, ${time(starts)}-${time(ends)}`;

/** How long something still lasts: "2 h 5 min", "4:09 min" in its last minutes. */
export function left(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const [hour, minute] = hindi() ? ["घंटे", "मिनट"] : ["h", "min"];
  if (minutes >= 60) return `${Math.floor(minutes / 60)} ${hour} ${minutes % 60} ${minute}`;
  return `${minutes}:${String(seconds % 60).padStart(2, "0")} ${minute}`;
}

/** What is no amount is shown as it came. */
const unread = (amount: Amount): string => String(amount ?? "");

function read(amount: Amount): Decimal | null {
  const found = /^(-?)(\d+)(\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(String(amount));
  if (found === null) return null;
  const [, sign = "", whole = "0", , fraction = "", power = "0"] = found;
  const places = fraction.length - Number(power);
  const digits = BigInt(sign + whole + fraction);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

/** How many `unit` this is, to `places` decimals, half a unit away from zero, as a whole number of the last decimal. */
function rounded({ digits, places }: Decimal, unit: bigint, decimals = 0): bigint {
  const divisor = unit * 10n ** BigInt(places);
  const size = (digits < 0n ? -digits : digits) * 10n ** BigInt(decimals);
  const result = (2n * size + divisor) / (2n * divisor);
  return digits < 0n ? -result : result;
}

const atLeast = ({ digits, places }: Decimal, least: bigint): boolean => (digits < 0n ? -digits : digits) >= least * 10n ** BigInt(places);

function short(exact: Decimal, unit: bigint): string {
  const hundredths = rounded(exact, unit, 2);
  const size = hundredths < 0n ? -hundredths : hundredths;
  const behind = String(size % 100n).padStart(2, "0").replace(/0+$/, "");
  return `${hundredths < 0n ? "-" : ""}${size / 100n}${behind && `.${behind}`}`;
}
