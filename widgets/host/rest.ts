// A widget's tool calls, carried to the REST API as whoever is signed in here, with answers as tools give them.

import type { CallToolRequest, CallToolResult } from "@modelcontextprotocol/client";
import { ROUTES } from "../types/routes.ts";

/** How a page proves that a request is its own. */
export interface Person {
  /** Asks again who is signed in: it may have changed in another tab. */
  meet(): Promise<{ readonly signed_in: boolean }>;
  /** The headers that prove it. */
  proof(): Record<string, string>;
}

type Params = CallToolRequest["params"];

const PREFIX = "/api/v1";
const KEY = "360ghar.com/idempotency-key";
const HINDI = "360ghar.com/hindi";
const BY_QUERY = ["GET", "DELETE"];

/** What the tool answers or refuses. Rejects only where nothing was heard. */
export async function carry(params: Params, person: Person): Promise<CallToolResult> {
  const route = ROUTES[params.name];
  if (!route) return refusal("no_such_tool", `There is no tool ${params.name}.`);
  let response = await sent(route, params, person);
  const doubted = response.status === 401 || response.status === 403;
  if (doubted && (await person.meet()).signed_in) response = await sent(route, params, person);
  const said = await body(response);
  if (response.ok && said !== null) return { content: [], structuredContent: said, ...(response.status === 202 ? await hindi(said) : {}) };
  const { code, message, details } = (said?.["error"] ?? {}) as Record<string, unknown>;
  return refusal(String(code ?? "unreadable"), String(message ?? ""), details);
}

/** Beside a preview, its sentences in Hindi: a model reads one language, and REST answers in it. */
async function hindi(preview: Record<string, unknown>): Promise<{ _meta?: Record<string, unknown> }> {
  try {
    const response = await fetch(`/confirm/${encodeURIComponent(String(preview["ticket"]))}/hindi`, { headers: { Accept: "application/json" } });
    return response.ok ? { _meta: { [HINDI]: await response.json() } } : {};
  } catch {
    return {};
  }
}

/** A result that says why something was not done. */
export function refusal(code: string, message: string, details: unknown = null): CallToolResult {
  return { content: [{ type: "text", text: message }], isError: true, _meta: { error: { code, message, details } } };
}

function sent([method, path]: readonly [string, string], { arguments: given, _meta }: Params, person: Person): Promise<Response> {
  const rest = new Map(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
  const at = PREFIX + path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest.get(name) ?? "");
    rest.delete(name);
    return encodeURIComponent(value);
  });
  const headers: Record<string, string> = { Accept: "application/json", ...(method === "GET" ? {} : person.proof()) };
  const key = _meta?.[KEY];
  if (method !== "GET" && typeof key === "string") headers["Idempotency-Key"] = key;
  if (BY_QUERY.includes(method)) return fetch(at + query(rest), { method, headers });
  return fetch(at, { method, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(Object.fromEntries(rest)) });
}

/** Lists are repeated keys; what is null is left out. */
function query(given: ReadonlyMap<string, unknown>): string {
  const pairs = [...given].flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const));
  const written = pairs.filter(([, value]) => value !== null).map(([name, value]) => [name, String(value)]);
  return written.length > 0 ? `?${new URLSearchParams(written)}` : "";
}

async function body(response: Response): Promise<Record<string, unknown> | null> {
  try {
    const said: unknown = await response.json();
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
