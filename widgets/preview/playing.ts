// What a host has to play: the call that its model made, the answer, and who answers the widget's own calls.

import type { CallToolResult } from "@modelcontextprotocol/client";
import { SHOWS, type WidgetName } from "../types/widgets.ts";
import { type Answering, Problem, live, refusal, rehearsed, troubled } from "./answering.ts";
import type { Choices } from "./choices.ts";
import type { Case, Known } from "./known.ts";
import type { Note } from "./record.ts";

/** When the fixtures play: what they say of times holds then. */
export const THEN = "2026-11-22T06:30:00Z";

function rehearsedNow(): () => number {
  const apart = Date.parse(THEN) - Date.now();
  return () => Date.now() + apart;
}

export interface Play {
  readonly tool: string;
  readonly given: Record<string, unknown>;
  /** The answer to the model's call; null where there is none (yet). */
  readonly result: CallToolResult | null;
  readonly call: Answering;
}

export function caseOf(known: Known, { widget, case: name, state }: Choices): Case | null {
  const cases = known.cases[widget] ?? {};
  const wanted = state === "empty" ? "empty" : name;
  return cases[wanted] ?? cases[name] ?? Object.values(cases)[0] ?? null;
}

export async function play(known: Known, choices: Choices, note: Note): Promise<Play> {
  const example = caseOf(known, choices);
  const tool = example?.tool ?? SHOWS[choices.widget as WidgetName][0] ?? "";
  const given = choices.arguments ? (JSON.parse(choices.arguments) as Record<string, unknown>) : (example?.arguments ?? {});
  const answering = choices.live ? live(known, choices.live) : rehearsed(known, rehearsedNow());
  const call: Answering = async (params) => {
    note("call", params);
    const result = known.instead?.[params.name] ?? (await answered(choices, () => answering(params)));
    note("answer", { name: params.name, result });
    return result;
  };
  const asked = async (): Promise<CallToolResult> => (choices.live ? answering({ name: tool, arguments: given }).catch(said) : asGiven(example));
  const result = choices.state === "loading" || choices.state === "cancelled" ? null : (troubled(choices.state) ?? (await asked()));
  return { tool, given, result, call };
}

async function answered({ state }: Choices, ask: () => Promise<CallToolResult>): Promise<CallToolResult> {
  if (state === "offline") throw new Problem("The network connection was lost.", -32000, null);
  return troubled(state) ?? ask();
}

const asGiven = (example: Case | null): CallToolResult => example?.result ?? refusal("not_found", "This widget has no fixture yet.");

/** Hosts tell their models of a failed call; a widget that they show all the same gets the sentence. */
const said = (error: unknown): CallToolResult => refusal("refused", error instanceof Error ? error.message : String(error));
