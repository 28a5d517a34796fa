// The rows of a comparison for the properties that are kept in it: what differs, and where one is objectively first.

import type { Card } from "../lib/cards.tsx";
import { area, distance, price, rate } from "../lib/format.ts";
import { bhk, named } from "../lib/vocabulary.ts";
import { say as detailed } from "../property-detail/words.ts";
import { AMENITIES } from "../types/amenities.ts";
import type { Comparison } from "../types/tools.ts";
import { FEATURES, say } from "./words.ts";

export type First = "lowest" | "largest" | "nearest";

export interface Cell {
  /** As the server says it: "yes", "no", "unknown", or a value. */
  readonly raw: string;
  readonly text: string;
  readonly first: First | null;
}

export interface Row {
  readonly what: string;
  readonly cells: readonly Cell[];
  readonly differs: boolean;
}

/** A property and its place in the answer. */
export interface Column {
  readonly card: Card;
  readonly at: number;
}

/** The properties of an answer, each once: who asks for one twice sees it once. */
export function columns({ items }: Comparison): Column[] {
  return items.map((card, at) => ({ card, at })).filter(({ card }, at) => items.findIndex(({ id }) => id === card.id) === at);
}

/** Every row for these properties. What was different may be the same among those that are left. */
export function rows({ differences, same }: Comparison, kept: readonly Column[]): Row[] {
  return [...differences, ...same].map(({ what, values }) => {
    const raw = kept.map(({ at }) => values[at] ?? "unknown");
    const firsts = marked(what, kept.map(({ card }) => card));
    const cells = kept.map(({ card }, n): Cell => ({ raw: raw[n] ?? "", text: text(what, raw[n] ?? "", card), first: firsts[n] ?? null }));
    return { what: feature(what), cells, differs: new Set(raw).size > 1 };
  });
}

const KEYS: ReadonlyMap<string, string> = new Map(Object.entries(AMENITIES).map(([key, [english]]) => [english, key]));

function feature(what: string): string {
  const key = KEYS.get(what);
  if (key) return named(key);
  if (what === "Price") return say("price");
  return isFeature(what) ? detailed(FEATURES[what]) : what;
}

const isFeature = (what: string): what is keyof typeof FEATURES => Object.hasOwn(FEATURES, what);

/** The rows that a card says as well, and in the language of the view. */
const TOLD: Readonly<Record<string, (card: Card) => string | null>> = {
  Price: price,
  "Price a square foot": (card) => card.price_per_sqft === null ? null : rate(card.price_per_sqft),
  Area: (card) => card.area_sqft === null ? null : area(card.area_sqft),
  Bedrooms: (card) => card.bedrooms === null ? null : bhk(card.bedrooms),
  Kind: (card) => capital(named(card.kind)),
  Purpose: (card) => named(card.purpose),
  Metro: (card) => card.metro_m === null ? null : distance(card.metro_m),
  Furnishing: (card) => card.furnishing && named(card.furnishing),
  Facing: (card) => card.facing && named(card.facing),
  Possession: (card) => card.possession && named(card.possession),
};

function text(what: string, raw: string, card: Card): string {
  if (raw === "unknown") return say("unknown");
  if (KEYS.has(what) && (raw === "yes" || raw === "no")) return say(raw);
  if (what === "Floor") return named(raw);
  if (what === "Age") return detailed("years")(raw.replace(/ years$/, ""));
  return TOLD[what]?.(card) ?? raw;
}

const capital = (said: string): string => said.replace(/^./, (letter) => letter.toUpperCase());

const PRICE = ["price_outlier", "price_per_sq_yard", "price_per_unit_mismatch", "rent_listed_as_sale", "sale_listed_as_rent"];
const AREA = ["area_outlier"];
const PLACE = ["approximate_location", "no_location", "other_town"];

const flagged = ({ flags }: Card, by: readonly string[]): boolean => flags.some((flag) => by.includes(flag));

/** Whether something may be wrong with a price, so that beating it means nothing. */
export const doubtful = (card: Card): boolean => flagged(card, PRICE);

/** Whether all ask for the same kind of price. */
export const alike = (cards: readonly Card[]): boolean => new Set(cards.map(({ purpose }) => (purpose === "buy" ? purpose : "monthly"))).size < 2;

interface Measure {
  readonly of: (card: Card) => number | null;
  readonly first: First;
  /** Doubts about a property that leave nothing to be first in. */
  readonly doubts: readonly string[];
  readonly priced?: true;
}

const MEASURED: Readonly<Record<string, Measure>> = {
  Price: { of: ({ price: amount }) => Number(amount), first: "lowest", doubts: PRICE, priced: true },
  "Price a square foot": { of: ({ price_per_sqft }) => price_per_sqft, first: "lowest", doubts: [...PRICE, ...AREA], priced: true },
  Area: { of: ({ area_sqft }) => area_sqft, first: "largest", doubts: AREA },
  Metro: { of: ({ metro_m }) => metro_m, first: "nearest", doubts: PLACE },
};

/** Which are first in a row, where that is a matter of fact: all values known, comparable, and not doubted. */
function marked(what: string, cards: readonly Card[]): (First | null)[] {
  const none = cards.map(() => null);
  const measure = MEASURED[what];
  if (!measure || (measure.priced && !alike(cards)) || cards.some((card) => flagged(card, measure.doubts))) return none;
  const values = cards.map(measure.of).filter((value) => value !== null);
  const best = measure.first === "largest" ? Math.max(...values) : Math.min(...values);
  if (values.length < cards.length || values.every((value) => value === best)) return none;
  return cards.map((card) => (measure.of(card) === best ? measure.first : null));
}
