// Tickets in the fixtures: they wait until somebody confirms or declines them.

import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Known } from "./known.ts";

type Preview = Record<string, unknown> & { ticket: string; tool: string; expires_at: string };
type Action = { preview: Preview; state: string; decided_at: string | null; reason: unknown; answer: unknown };

const TOOLS = ["action_status", "confirm_action", "decline_action"];

/** Answers the tools that are about tickets; null for any other, and for a ticket that no fixture has. */
export class Tickets {
  readonly #known: Known;
  readonly #actions: Map<string, Action>;
  readonly #now: () => number;

  constructor(known: Known, now: () => number) {
    this.#known = known;
    this.#now = now;
    this.#actions = new Map(actions(known).map((each) => [each.preview.ticket, each]));
  }

  answer(name: string, given: Record<string, unknown>): CallToolResult | null {
    const action = TOOLS.includes(name) ? this.#actions.get(String(given["ticket"])) : undefined;
    if (!action) return null;
    if (action.state === "waiting" && Date.parse(action.preview.expires_at) < this.#now()) action.state = "expired";
    if (name !== "action_status" && action.state === "waiting") this.#decide(action, name === "confirm_action", given["reason"] ?? null);
    return { content: [{ type: "text", text: `It is ${action.state}.` }], structuredContent: { ...action } };
  }

  #decide(action: Action, yes: boolean, reason: unknown): void {
    action.state = yes ? "done" : "declined";
    action.decided_at = new Date(this.#now()).toISOString();
    action.reason = reason;
    action.answer = yes ? (this.#known.answers[action.preview.tool]?.structuredContent ?? null) : null;
  }
}

function actions(known: Known): Action[] {
  const cases = Object.values(known.cases).flatMap((each) => Object.values(each));
  const answers = cases.map(({ result }) => result.structuredContent);
  const waiting = answers.filter(isPreview).map((preview) => ({ preview, state: "waiting", decided_at: null, reason: null, answer: null }));
  // What is decided in one case can wait in another; there it can be decided anew.
  return [...answers.filter(isAction).map((each) => ({ ...each })), ...waiting];
}

const isObject = (answer: unknown): answer is Record<string, unknown> => typeof answer === "object" && answer !== null;
const isPreview = (answer: unknown): answer is Preview => isObject(answer) && "ticket" in answer && "confirm_url" in answer;
const isAction = (answer: unknown): answer is Action => isObject(answer) && "state" in answer && isPreview(answer["preview"]);
