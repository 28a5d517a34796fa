// The controls of the page, filled from what is chosen and choosing anew.

import { type Choices, COLOURS, HOSTS, LANGUAGES, LIVE, MODES, type Name, STATES, THEMES, WIDTHS, address } from "./choices.ts";
import type { Known } from "./known.ts";
import { caseOf } from "./playing.ts";

const FIXED: Readonly<Partial<Record<Name, Readonly<Record<string, string>>>>> = {
  host: HOSTS, state: STATES, theme: THEMES, lang: LANGUAGES, width: WIDTHS, mode: MODES, colours: COLOURS, live: LIVE,
};

export function control(name: Name): HTMLSelectElement | HTMLTextAreaElement {
  const found = document.getElementById(name);
  if (found instanceof HTMLSelectElement || found instanceof HTMLTextAreaElement) return found;
  throw new Error(`The page has no control named ${name}.`);
}

/** Shows in every control what is chosen. */
export function filled(known: Known, choices: Choices): void {
  const cases = Object.keys(known.cases[choices.widget] ?? {});
  options("widget", Object.fromEntries(Object.entries(known.widgets).map(([name, { title }]) => [name, `${title} (${name})`])), choices.widget);
  options("case", Object.fromEntries(cases.map((name) => [name, name])), choices.case);
  for (const [name, known] of Object.entries(FIXED)) options(name as Name, known, choices[name as Name]);
  const example = caseOf(known, choices);
  control("arguments").value = choices.arguments || (example ? JSON.stringify(example.arguments, null, 1) : "");
  const alone = document.getElementById("bare");
  if (alone instanceof HTMLAnchorElement) alone.href = address({ ...choices, bare: true });
}

function options(name: Name, known: Readonly<Record<string, string>>, value: string): void {
  const made = Object.entries(known).map(([value, label]) => new Option(label, value));
  // A width that is only in the address is as good as one of the list.
  if (name === "width" && !Object.hasOwn(known, value)) made.push(new Option(value, value));
  const select = control(name);
  select.replaceChildren(...made);
  select.value = value;
}
