// For pages of ours that show widgets: which one shows what, a frame around it, and what it may call.

import { type WidgetName, SHOWS } from "../types/widgets.ts";

export { Frame, type Page, named } from "./frame.ts";
export { type Person, carry, refusal } from "./rest.ts";

/** The widget that shows what a tool answers; null where words are enough. */
export const widgetOf = (tool: string): WidgetName | null =>
  (Object.keys(SHOWS) as WidgetName[]).find((name) => (SHOWS[name] as readonly string[]).includes(tool)) ?? null;

/** Where a widget is served. */
export const source = (name: WidgetName): string => `/widgets/${name}.html`;

/** What every widget is called, and which tools it may call. */
export async function manifest(): Promise<Record<string, { title: string; calls: readonly string[] }>> {
  const response = await fetch("/widgets/manifest.json", { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The list of views answered ${response.status}.`);
  return response.json();
}
