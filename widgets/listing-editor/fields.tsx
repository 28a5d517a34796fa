// The fields of the form: what it is first, all else behind a fold.

import type { ComponentChildren, TargetedInputEvent } from "preact";
import { named } from "../lib/vocabulary.ts";
import { AMENITIES } from "../types/amenities.ts";
import { CHOICES, type Chosen, type Editing, type Field, TENANTS, type Written } from "./form.ts";
import { say } from "./words.ts";

const BARE = ["plot", "shop", "office"];
const FIRST: readonly Written[] = ["locality", "sector", "society"];
const BEHIND = ["furnishing", "facing", "age", "floor", "possession"] as const;

export const fieldId = (field: string): string => `field-${field}`;

/** What a field is called; a fix may name one that has no field here. */
export function fieldName(field: string): string {
  const names: Readonly<Record<string, string>> = {
    purpose: say("purpose"), kind: say("kind"), price: say("price"), bedrooms: say("bedrooms"), balconies: say("balconies"), area: say("area"), locality: say("locality"),
    sector: say("sector"), society: say("society"), furnishing: say("furnishing"), facing: say("facing"), age: say("age"), floor: say("floor"), possession: say("possession"),
    available_from: say("available_from"), title: say("title"), description: say("description"), amenities: say("amenities"), tenants: say("tenants"),
    photos: say("photos"), lat: say("lat"), lng: say("lat"),
  };
  return names[field] ?? named(field);
}

interface FieldProps {
  field: Field;
  marked: readonly string[];
  name?: string;
  hint?: string;
  wide?: boolean;
  children: ComponentChildren;
}

function Frame({ field, marked, name = fieldName(field), hint, wide = false, children }: FieldProps) {
  return (
    <div class={`asks${wide ? " wide" : ""}${marked.includes(field) ? " marked" : ""}`}>
      <label for={fieldId(field)}>{name}</label>
      {children}
      {hint && <p class="aside" id={`${fieldId(field)}-hint`}>{hint}</p>}
    </div>
  );
}

interface Props {
  editing: Editing;
  /** The fields to look at. */
  marked: readonly string[];
}

function Select({ field, editing, marked }: Props & { field: Chosen }) {
  const value = editing.draft.fields[field];
  const shown = (each: string): string => (field === "age" ? each : field === "purpose" ? say(each === "buy" ? "buy" : each === "rent" ? "letting" : "pg") : named(each));
  return (
    <Frame field={field} marked={marked}>
      <select id={fieldId(field)} value={value} onChange={(event) => editing.set(field, event.currentTarget.value)}>
        {(value === "" || (field !== "purpose" && field !== "kind")) && <option value="">{say("unsaid")}</option>}
        {CHOICES[field].map((each) => <option key={each} value={each}>{shown(each)}</option>)}
      </select>
    </Frame>
  );
}

function Line({ field, editing, marked, name }: Props & { field: Exclude<Field, Chosen>; name?: string }) {
  const bad = (editing.wrong as readonly string[]).includes(field);
  const number = field === "price" || field === "area" || field === "bedrooms" || field === "balconies";
  const more = { ...(name ? { name } : {}), ...(bad ? { hint: say("number") } : {}) };
  const common = {
    id: fieldId(field), value: editing.draft.fields[field], onInput: (event: TargetedInputEvent<HTMLInputElement>) => editing.set(field, event.currentTarget.value),
    ...(bad ? { "aria-invalid": true, "aria-describedby": `${fieldId(field)}-hint` } : {}),
  };
  return (
    <Frame field={field} marked={marked} {...more}>
      {field === "available_from" ? <input type="date" {...common} />
        : <input type="text" inputMode={number ? "decimal" : "text"} maxLength={number ? 20 : field === "title" ? 200 : 80} {...common} />}
    </Frame>
  );
}

function Ticks({ list, keys, editing }: { list: "amenities" | "tenants"; keys: readonly string[]; editing: Editing }) {
  return (
    <fieldset class="ticks" id={fieldId(list)} tabIndex={-1}>
      <legend>{fieldName(list)}</legend>
      {keys.map((key) => (
        <label key={key}>
          <input type="checkbox" checked={editing.draft[list].includes(key)} onChange={() => editing.turn(list, key)} />
          <span>{named(key)}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Fields({ editing, marked, open }: Props & { open: boolean }) {
  const both = { editing, marked };
  const { kind, purpose } = editing.draft.fields;
  const home = !BARE.includes(kind);
  return (
    <>
      <div class="fields">
        <Select field="purpose" {...both} />
        <Select field="kind" {...both} />
        <Line field="price" name={say(purpose === "buy" ? "price" : "rent")} {...both} />
        {home && <Line field="bedrooms" {...both} />}
        <Line field="area" {...both} />
        {FIRST.map((each) => <Line key={each} field={each} {...both} />)}
        <Frame field="description" marked={marked} hint={say("describe")} wide>
          <textarea
            id={fieldId("description")} rows={4} maxLength={5000} aria-describedby={`${fieldId("description")}-hint`} value={editing.draft.fields.description}
            onInput={(event) => editing.set("description", event.currentTarget.value)}
          />
        </Frame>
      </div>
      <details id="more" open={open}>
        <summary>{say("more")}</summary>
        <div class="fields">
          {BEHIND.map((each) => <Select key={each} field={each} {...both} />)}
          {home && <Line field="balconies" {...both} />}
          <Line field="available_from" {...both} />
          <Line field="title" {...both} />
        </div>
        <Ticks list="amenities" keys={Object.keys(AMENITIES)} editing={editing} />
        {purpose !== "buy" && <Ticks list="tenants" keys={TENANTS} editing={editing} />}
      </details>
    </>
  );
}
