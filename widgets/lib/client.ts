// Calling tools, typed by their names: the types are generated from the tools themselves.

import type { CallToolResult } from "@modelcontextprotocol/client";
import { type ToolName, type Tools, WRITES } from "../types/tools.ts";
import type { Host } from "./host.ts";
import { HostError } from "./protocol.ts";

export type Given<N extends ToolName> = Tools[N]["takes"];
export type Answer<N extends ToolName> = Tools[N]["gives"];

/** Why a tool did not do it, in a sentence for a person and a code for us. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export type Outcome<N extends ToolName> =
  | { readonly ok: true; readonly answer: Answer<N>; readonly meta: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly refusal: Refusal };

export type Call = <N extends ToolName>(name: N, given: Given<N>) => Promise<Outcome<N>>;

/** The code of a refusal that a sign-in mends. */
export const SIGN_IN_REQUIRED = "sign_in_required";
/** Codes of sign-ins that are not good any more, which another mends as well. */
const OVER = ["invalid_token", "no_such_account"];
/** The code of ours for a call that never arrived, or whose answer did not. */
export const UNREACHABLE = "unreachable";
/** The code of ours for an answer without its structured content. */
export const UNREADABLE = "unreadable";

const KEY = "360ghar.com/idempotency-key";

/** Calls tools through a host. Never rejects: what goes wrong is an outcome too. */
export const caller = (host: () => Host): Call => async (name, given) => {
  const meta = WRITES.includes(name) ? { [KEY]: key() } : undefined;
  try {
    return outcome(name, await host().call(name, { ...given }, meta));
  } catch (error) {
    return { ok: false, refusal: unanswered(error) };
  }
};

/** Some hosts hand on as an error what the server refused before the tool ran, such as a call that needs a sign-in. */
function unanswered(error: unknown): Refusal {
  const said = error instanceof HostError ? told(error.data) : null;
  return said ?? { code: UNREACHABLE, message: error instanceof Error ? error.message : "" };
}

/** What a tool's result says. An answer that was left out is looked for in the text. */
export function outcome<N extends ToolName>(_: N, result: CallToolResult): Outcome<N> {
  if (result.isError) return { ok: false, refusal: refused(result) };
  const answer = result.structuredContent ?? written(text(result));
  if (answer === null) return { ok: false, refusal: { code: UNREADABLE, message: text(result) } };
  return { ok: true, answer: answer as unknown as Answer<N>, meta: result._meta ?? {} };
}

/** The text of a result that stands for it alone. */
export function text(result: CallToolResult): string {
  const first = result.content.find((block) => block.type === "text");
  return first?.type === "text" ? first.text : "";
}

function refused(result: CallToolResult): Refusal {
  const meta = result._meta ?? {};
  const said = told(meta);
  const code = meta["mcp/www_authenticate"] ? SIGN_IN_REQUIRED : (said?.code ?? "refused");
  return { code, message: text(result) || (said?.message ?? "") };
}

/** The refusal in `{error: {code, message}}`, as our server says it wherever there is room for it. */
function told(beside: unknown): Refusal | null {
  const error = typeof beside === "object" && beside !== null && "error" in beside ? beside.error : null;
  if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error)) return null;
  const code = String(error.code);
  return { code: OVER.includes(code) ? SIGN_IN_REQUIRED : code, message: String(error.message) };
}

function written(said: string): object | null {
  if (!said.startsWith("{")) return null;
  try {
    return JSON.parse(said) as object;
  } catch {
    return null;
  }
}

// `crypto.randomUUID` is missing where a frame in a sandbox does not count as secure.
function key(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
