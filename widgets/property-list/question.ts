// What is searched for: what the model asked, what its words mean, and what the person changed since.

import type { Box } from "../lib/map/map.tsx";
import { type Wish, wishes } from "../lib/vocabulary.ts";
import type { Filters, Relaxation, SearchProperties, Understanding } from "../types/tools.ts";

type Given = SearchProperties;
export type Sort = NonNullable<SearchProperties["sort"]>;
type Name = NonNullable<SearchProperties["ignore"]>[number];

/** A question. While it is about an area of the map, the places that it names wait. */
export interface Question {
  readonly given: Given;
  readonly area: Box | null;
}

/** Filters that say where. */
const PLACES = ["near", "lat", "lng", "radius", "locality", "sector", "society", "box", "polygon"] as const;
const NAMED_PLACES: readonly Name[] = ["near", "radius", "locality", "sector", "society"];

const NONE: Filters = {
  purpose: null, kinds: [], bedrooms: [], budget_min: null, budget_max: null, area_min: null, area_max: null, area_unit: "sq_ft",
  near: [], lat: null, lng: null, radius: null, box: null, polygon: null, locality: [], sector: [], society: [], metro_within: null,
  furnishing: [], facing: [], amenities: [], age: null, floor: [], possession: null, tenants: [],
};

/** The question of a call. A host that tells no input still shows what was understood of it. */
export function asked(input: SearchProperties, understood: Understanding | null): Question {
  const given = Object.keys(input).length > 0 ? without(input, ["cursor", "facets"]) : worn(understood?.filters ?? NONE);
  return { given, area: boxOf(given) };
}

function boxOf({ box }: Given): Box | null {
  const [west, south, east, north] = box ?? [];
  return west === undefined || south === undefined || east === undefined || north === undefined ? null : [west, south, east, north];
}

/** The filters that are set, without those that are not. */
const worn = (filters: Filters): Given => Object.fromEntries(Object.entries(filters).filter(([, value]) => !empty(value)));

const empty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** The arguments of the search. */
export function toCall({ given, area }: Question): SearchProperties {
  if (area === null) return without(given, ["box"]);
  const call: SearchProperties = { ...without(given, PLACES), box: [...area] };
  if (given.words) call.ignore = [...new Set([...(given.ignore ?? []), ...NAMED_PLACES])];
  if (call.sort === "distance") delete call.sort;
  return call;
}

export function without(given: Given, fields: readonly (keyof Given)[]): Given {
  return Object.fromEntries(Object.entries(given).filter(([field]) => !fields.includes(field as keyof Given)));
}

/** A filter that holds, and the question without it. */
export interface Held extends Wish {
  readonly rest: Question;
}

/** Every filter that holds, those that were read from words too. */
export function held(question: Question, understood: Understanding | null): Held[] {
  const { given, area } = question;
  const shown = area === null ? given : { ...without(given, PLACES), box: [...area] };
  const own = wishes({ ...NONE, ...worn({ ...NONE, ...shown } as Filters) }).map((wish) => ({ ...wish, rest: takenOff(question, wish.field) }));
  const read = (understood ? wishes(understood.filters) : []).filter(({ field }) => !understood?.overridden.includes(field));
  return [...own, ...read.map((wish) => ({ ...wish, rest: ignoring(question, wish.field) }))];
}

const TOGETHER: Readonly<Partial<Record<keyof Filters, readonly (keyof Given)[]>>> = { near: ["near", "radius"], lat: ["lat", "lng", "radius"] };

/** Without what was given under this name. */
export function takenOff({ given, area }: Question, field: keyof Filters): Question {
  if (field === "box" && area !== null) return { given: without(given, ["box"]), area: null };
  return { given: placed(without(given, TOGETHER[field] ?? [field])), area };
}

/** Without what was read from the words under this name. */
function ignoring({ given, area }: Question, field: keyof Filters): Question {
  const names = (field === "near" ? ["near", "radius"] : [field]) as Name[];
  return { given: placed({ ...given, ignore: [...new Set([...(given.ignore ?? []), ...names])] }), area };
}

/** Nothing is nearest where no place is asked for. */
function placed(given: Given): Given {
  const near = (given.near?.length ?? 0) > 0 || given.lat != null || (given.words && !given.ignore?.includes("near"));
  return given.sort === "distance" && !near ? without(given, ["sort"]) : given;
}

/** With other values for some filters; null, or an empty list, takes off what was read, too. */
export function changed({ given, area }: Question, values: Partial<Given>): Question {
  const set = Object.entries(values);
  const gone = set.filter(([, value]) => empty(value)).map(([field]) => field as Name);
  const kept = set.filter(([, value]) => !empty(value));
  const ignore = [...(given.ignore ?? []).filter((name) => !kept.some(([field]) => field === name)), ...(given.words ? gone : [])];
  const rest = without(given, [...(set.map(([field]) => field) as (keyof Given)[]), "ignore"]);
  return { given: { ...rest, ...Object.fromEntries(kept), ...(ignore.length > 0 ? { ignore: [...new Set(ignore)] } : {}) }, area };
}

/** The filters as they hold: what is given, else what was read. */
export function holding({ given }: Question, understood: Understanding | null): Filters {
  const read = understood ? Object.entries(understood.filters).filter(([field]) => !understood.overridden.includes(field)) : [];
  return { ...NONE, ...Object.fromEntries(read), ...worn({ ...NONE, ...given } as Filters) };
}

const AREAS = ["area_min", "area_max"] as const;
const SQ_FT: Readonly<Record<Filters["area_unit"], number>> =
  { sq_ft: 1, sq_yd: 9, gaj: 9, sq_m: 10.7639104, marla: 272.25, kanal: 5445, acre: 43560, hectare: 107639.104 };

/** The question with one wish bent, as the answer offers it. */
export function bentBy(question: Question, { field, value }: Relaxation, understood: Understanding | null): Question {
  if (value === null) return changed(takenOff(question, field as keyof Filters), { [field]: null });
  if (field === "near") return around(question, value, understood);
  if (field === "area_min" || field === "area_max") return changed(inSquareFeet(question), { [field]: Number(value) });
  if (field === "bedrooms") return changed(question, { bedrooms: [Number(value)] });
  if (field === "amenities") return changed(question, { amenities: value.split(",") });
  return changed(question, { [field]: Number(value) });
}

/** From inside a place to its surroundings. */
function around(question: Question, place: string, understood: Understanding | null): Question {
  const now = holding(question, understood);
  const inside = (["locality", "sector", "society"] as const).find((field) => now[field].includes(place));
  return changed(question, { near: [place], ...(inside ? { [inside]: null } : {}) });
}

/** Bent areas are told in square feet, whatever the question was asked in. */
function inSquareFeet({ given, area }: Question): Question {
  const each = SQ_FT[given.area_unit ?? "sq_ft"];
  const sizes = AREAS.flatMap((field) => (given[field] == null ? [] : [[field, Math.round(given[field] * each)]]));
  return { given: { ...without(given, ["area_unit"]), ...Object.fromEntries(sizes) }, area };
}
