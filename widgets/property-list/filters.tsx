// Filters in a form: what holds now is filled in, and nothing is searched before it is sent.

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { distance, rupees } from "../lib/format.ts";
import { Button, Choice, Sheet } from "../lib/parts.tsx";
import { bhk, named } from "../lib/vocabulary.ts";
import type { Filters } from "../types/tools.ts";
import { say } from "./words.ts";

/** The filters that the form sets. */
export type Form = Pick<Filters, "purpose" | "bedrooms" | "budget_min" | "budget_max" | "kinds" | "furnishing" | "metro_within">;

const FIELDS = ["purpose", "bedrooms", "budget_min", "budget_max", "kinds", "furnishing", "metro_within"] as const;
const ANY: Form = { purpose: null, bedrooms: [], budget_min: null, budget_max: null, kinds: [], furnishing: [], metro_within: null };
const KINDS: readonly Filters["kinds"][number][] = ["apartment", "builder_floor", "house", "plot", "shop", "office", "pg"];
const FURNISHING: readonly Filters["furnishing"][number][] = ["furnished", "semi_furnished", "unfurnished"];
const BEDROOMS = [0, 1, 2, 3, 4, 5];
const METRO = [500, 1000, 1500, 2000, 3000];

/** `send` gets what was changed alone. It is no form to the browser: a host's sandbox submits none. */
export function FilterSheet({ filters, send, close }: { filters: Filters; send: (changes: Partial<Form>) => void; close: () => void }) {
  const [form, set] = useState<Form>(filters);
  const change = (values: Partial<Form>): void => set({ ...form, ...values });
  const wrong = form.budget_min !== null && form.budget_max !== null && form.budget_min > form.budget_max;
  const submit = (): void => {
    if (wrong) return;
    send(Object.fromEntries(FIELDS.filter((field) => String(form[field]) !== String(filters[field])).map((field) => [field, form[field]])));
    close();
  };
  const enter = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    // Else the same key would press the button that gets the focus next.
    event.preventDefault();
    submit();
  };
  return (
    <Sheet title={say("filters")} close={close}>
      <div class="filters" onKeyDown={enter}>
        <Group title={say("purpose")}>
          <Choice
            label={say("purpose")} value={form.purpose ?? "any"} choose={(value) => change({ purpose: value === "any" ? null : value })}
            options={[["any", say("anyPurpose")], ["buy", named("buy")], ["rent", named("rent")], ["pg", named("pg")]]}
          />
        </Group>
        <Ticks title={say("bedrooms")} all={BEDROOMS} on={form.bedrooms} text={bhk} turn={(bedrooms) => change({ bedrooms })} />
        <Group title={say("budget")}>
          <div class="range">
            <Amount label={say("from")} value={form.budget_min} change={(budget_min) => change({ budget_min })} />
            <Amount label={say("to")} value={form.budget_max} change={(budget_max) => change({ budget_max })} />
          </div>
          {wrong && <p class="wrong" role="alert">{say("wrongWay")}</p>}
        </Group>
        <Ticks title={say("kinds")} all={KINDS} on={form.kinds} text={named} turn={(kinds) => change({ kinds })} />
        <Ticks title={say("furnishing")} all={FURNISHING} on={form.furnishing} text={named} turn={(furnishing) => change({ furnishing })} />
        <Metro value={form.metro_within} change={(metro_within) => change({ metro_within })} />
        <div class="wraps">
          <Button icon="search" disabled={wrong} onClick={submit}>{say("apply")}</Button>
          <Button kind="quiet" onClick={() => set(ANY)}>{say("clear")}</Button>
        </div>
      </div>
    </Sheet>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function Ticks<V extends string | number>({ title, all, on, text, turn }: {
  title: string;
  all: readonly V[];
  on: readonly V[];
  text: (value: V) => string;
  turn: (values: V[]) => void;
}) {
  // What the words asked for may be outside of what is offered.
  const offered = [...all, ...on.filter((each) => !all.includes(each))];
  const other = (value: V): V[] => offered.filter((each) => (each === value ? !on.includes(each) : on.includes(each)));
  return (
    <Group title={title}>
      <div class="ticks">
        {offered.map((value) => (
          <label key={value}>
            <input type="checkbox" checked={on.includes(value)} onChange={() => turn(other(value))} />
            <span>{text(value)}</span>
          </label>
        ))}
      </div>
    </Group>
  );
}

const MOST = 999_999_999_999;

function Amount({ label, value, change }: { label: string; value: number | null; change: (value: number | null) => void }) {
  const id = useId();
  const read = (text: string): number | null => {
    const digits = text.replace(/\D/g, "");
    return digits === "" ? null : Math.min(Number(digits), MOST);
  };
  return (
    <div class="amount">
      <label for={id}>{label}</label>
      <input
        id={id} inputMode="numeric" autoComplete="off" value={value ?? ""} aria-describedby={`${id}-said`}
        onInput={(event) => change(read(event.currentTarget.value))}
      />
      <span id={`${id}-said`}>{value === null ? "" : rupees(value)}</span>
    </div>
  );
}

function Metro({ value, change }: { value: number | null; change: (value: number | null) => void }) {
  const id = useId();
  const steps = value === null || METRO.includes(value) ? METRO : [...METRO, value].sort((one, other) => one - other);
  return (
    <div class="amount">
      <label for={id}>{say("metro")}</label>
      <select id={id} value={value ?? ""} onChange={(event) => change(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}>
        <option value="">{say("anywhere")}</option>
        {steps.map((step) => <option key={step} value={step}>{say("upTo")(distance(step))}</option>)}
      </select>
    </div>
  );
}
