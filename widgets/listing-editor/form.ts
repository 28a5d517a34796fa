// The form of a listing as somebody edits it, and what of it was changed.

import { useState } from "preact/hooks";
import type { Form, UpdateListing } from "../types/tools.ts";

export const CHOICES = {
  purpose: ["rent", "buy", "pg"],
  kind: ["apartment", "builder_floor", "house", "plot", "shop", "office", "pg"],
  furnishing: ["furnished", "semi_furnished", "unfurnished"],
  facing: ["north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west"],
  age: ["0-1", "1-5", "5-10", "10+"],
  floor: ["low", "mid", "high"],
  possession: ["ready", "under_construction"],
} as const;
export const TENANTS = ["family", "bachelors", "girls", "boys", "company"] as const;
const NUMBERS = ["price", "bedrooms", "balconies", "area"] as const;
const TEXTS = ["locality", "sector", "society", "title", "description", "available_from"] as const;

export type Chosen = keyof typeof CHOICES;
export type Counted = (typeof NUMBERS)[number];
export type Written = (typeof TEXTS)[number];
export type Field = Chosen | Counted | Written;

/** Everything as it stands in the fields. */
export interface Draft {
  readonly fields: Readonly<Record<Field, string>>;
  readonly amenities: readonly string[];
  readonly tenants: readonly string[];
}

export interface Editing {
  readonly draft: Draft;
  readonly changes: Omit<UpdateListing, "id" | "version">;
  readonly changed: boolean;
  /** Fields in which there is no number. */
  readonly wrong: readonly Counted[];
  set(field: Field, value: string): void;
  turn(list: "amenities" | "tenants", key: string): void;
}

const FIELDS = [...(Object.keys(CHOICES) as Chosen[]), ...NUMBERS, ...TEXTS];

function drafted(form: Form): Draft {
  const fields = Object.fromEntries(FIELDS.map((each) => [each, String(form[each] ?? "")])) as Record<Field, string>;
  return { fields, amenities: form.amenities, tenants: form.tenants };
}

/** The fields of a form, begun anew with every version of it that is saved. */
export function useForm(form: Form): Editing {
  const [from, begin] = useState(form);
  const [draft, become] = useState(() => drafted(form));
  if (from !== form) {
    begin(form);
    become(drafted(form));
  }
  const changes = differing(form, draft);
  const wrong = NUMBERS.filter((each) => draft.fields[each].trim() !== "" && !Number.isFinite(counted(draft.fields[each])));
  return {
    draft, changes, changed: Object.keys(changes).length > 0, wrong,
    set: (field, value) => become((was) => ({ ...was, fields: { ...was.fields, [field]: value } })),
    turn: (list, key) => become((was) => ({ ...was, [list]: was[list].includes(key) ? was[list].filter((each) => each !== key) : [...was[list], key] })),
  };
}

const counted = (text: string): number => Number(text.replaceAll(",", "").replace("₹", "").trim());

function differing(form: Form, draft: Draft): Omit<UpdateListing, "id" | "version"> {
  const was = drafted(form);
  const differs = FIELDS.filter((each) => draft.fields[each] !== was.fields[each]);
  const given = Object.fromEntries(differs.map((each) => [each, valueOf(each, draft.fields[each])]));
  if (given["area"] !== undefined) given["area_unit"] = "sq_ft";
  for (const list of ["amenities", "tenants"] as const) {
    if ([...draft[list]].sort().join() !== [...was[list]].sort().join()) given[list] = [...draft[list]] as never;
  }
  return given as Omit<UpdateListing, "id" | "version">;
}

function valueOf(field: Field, text: string): string | number | null {
  if (field === "description") return text.trim();
  if (text.trim() === "") return null;
  return (NUMBERS as readonly string[]).includes(field) ? counted(text) : text.trim();
}
