// Who answers when a widget calls a tool: the fixtures, or the tools themselves over MCP.

import type { CallToolRequest, CallToolResult } from "@modelcontextprotocol/client";
import type { Choices } from "./choices.ts";
import { Tickets } from "./deciding.ts";
import type { Known } from "./known.ts";

export type Params = CallToolRequest["params"];
export type Answering = (params: Params) => Promise<CallToolResult>;

/** What a server answered instead of a result. */
export class Problem extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(message: string, code: number, data: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Answers from the cases of all widgets: the one that was asked the same, else any of that tool. */
export function rehearsed(known: Known, now: () => number): Answering {
  const cases = Object.values(known.cases).flatMap((each) => Object.values(each));
  const tickets = new Tickets(known, now);
  return async ({ name, arguments: given = {} }) => {
    const ticket = tickets.answer(name, given);
    if (ticket) return ticket;
    const likely = cases.filter((each) => each.tool === name && !each.result.isError);
    const same = likely.find((each) => JSON.stringify(each.arguments) === JSON.stringify(given));
    const found = (same ?? likely[0])?.result ?? known.answers[name];
    if (!found) return refusal("not_found", `No fixture answers ${name} yet.`);
    return same ? found : echoing(found, given);
  };
}

/** What was asked for is what is answered about, such as the property that is kept. */
function echoing(result: CallToolResult, given: Record<string, unknown>): CallToolResult {
  const answer = result.structuredContent as Record<string, unknown> | undefined;
  if (!answer || result.isError) return result;
  const asked = Object.entries(given).filter(([name, value]) => name in answer && typeof value === typeof answer[name]);
  return { ...result, structuredContent: { ...answer, ...Object.fromEntries(asked) } };
}

/** Answers from the real tools. A host does not show its token to the widget; nor do we. */
export function live(known: Known, as: Choices["live"]): Answering {
  const token = as === "guest" ? Promise.resolve(null) : signIn(as);
  let next = 1;
  return async (params) => {
    const bearer = await token;
    const headers = {
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      "mcp-protocol-version": "2025-11-25",
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    };
    const body = JSON.stringify({ jsonrpc: "2.0", id: next++, method: "tools/call", params });
    const path = known.tools[params.name]?.admin ? "/mcp-admin" : "/mcp";
    const answered = await fetch(path, { method: "POST", headers, body });
    const { result, error } = (await answered.json()) as Answered;
    if (error) throw new Problem(error.message, error.code, error.data);
    return result;
  };
}

type Answered = { result: CallToolResult; error?: { code: number; message: string; data?: unknown } };

async function signIn(as: string): Promise<string> {
  const answered = await fetch(`/preview/token?as=${as}`, { method: "POST" });
  return ((await answered.json()) as { token: string }).token;
}

export function refusal(code: string, message: string, more: Record<string, unknown> = {}): CallToolResult {
  return { content: [{ type: "text", text: message }], isError: true, _meta: { error: { code, message, details: null }, ...more } };
}

const CHALLENGE = 'Bearer error="invalid_token", error_description="Sign in to do this."';

/** What is answered in a state that is not a good one; null where answers come as usual. */
export function troubled(state: Choices["state"]): CallToolResult | null {
  if (state === "error") return refusal("unavailable", "This is being repaired. Try again in a few minutes.");
  if (state === "signed-out") return refusal("sign_in_required", "Sign in to do this.", { "mcp/www_authenticate": [CHALLENGE] });
  return null;
}
