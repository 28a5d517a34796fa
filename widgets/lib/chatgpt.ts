// ChatGPT's own bridge: `window.openai`, as its Apps SDK documents it.
//
// Its `callTool` takes a name and arguments and no `_meta`, so a call cannot carry an idempotency key. What widgets call
// is harmless to repeat all the same: it sets what is so already, or decides a ticket, which counts once.

import type { CallToolResult } from "@modelcontextprotocol/client";
import { type Context, type DisplayMode, type Events, type Host, dark, language } from "./host.ts";
import { HostError } from "./protocol.ts";

/** What ChatGPT puts into the frame. Everything may be missing: it grows with time. */
export interface OpenAi {
  theme?: "light" | "dark";
  locale?: string;
  displayMode?: DisplayMode;
  safeArea?: { insets?: { top: number; right: number; bottom: number; left: number } };
  toolInput?: Record<string, unknown> | null;
  toolOutput?: Record<string, unknown> | null;
  toolResponseMetadata?: Record<string, unknown> | null;
  widgetState?: Record<string, unknown> | null;
  /** As documented, the whole result; older ones gave only its text. */
  callTool?(name: string, given: Record<string, unknown>): Promise<unknown>;
  sendFollowUpMessage?(asked: { prompt: string }): Promise<void>;
  openExternal?(asked: { href: string }): void;
  requestDisplayMode?(asked: { mode: DisplayMode }): Promise<unknown>;
  setWidgetState?(state: Record<string, unknown>): Promise<void>;
  notifyIntrinsicHeight?(height: number): void;
}

declare global {
  interface Window {
    openai?: OpenAi;
  }
}

const CHANGED = "openai:set_globals";

export const isChatGpt = (): boolean => window.openai !== undefined;

const bridge = (): OpenAi => window.openai ?? {};

export function chatGptHost(events: Events): Promise<Host> {
  let shown: unknown;
  const show = (): void => {
    const { toolInput, toolOutput, toolResponseMetadata } = bridge();
    if (toolInput) events.input(toolInput);
    // A refusal has no output, only what stands beside it.
    const said = toolOutput ?? (toolResponseMetadata && "error" in toolResponseMetadata ? toolResponseMetadata : null);
    if (!said || said === shown) return;
    shown = said;
    events.result(output(toolOutput ?? null, toolResponseMetadata ?? null));
  };
  window.addEventListener(CHANGED, () => {
    events.context(read());
    show();
  });
  const host: Host = {
    get context() {
      return read();
    },
    async call(name, given) {
      const { callTool } = bridge();
      if (!callTool) throw new HostError("ChatGPT does not let this view call tools.");
      return result(await callTool(name, given));
    },
    async open(url) {
      bridge().openExternal?.({ href: url });
      return bridge().openExternal !== undefined;
    },
    async say(text) {
      await bridge().sendFollowUpMessage?.({ prompt: text });
      return bridge().sendFollowUpMessage !== undefined;
    },
    async tell(text, about) {
      const { widgetState, setWidgetState } = bridge();
      await setWidgetState?.({ imageIds: [], privateContent: {}, ...widgetState, modelContent: { said: text, ...about } });
    },
    async display(mode) {
      await bridge().requestDisplayMode?.({ mode });
    },
    resize: (height) => bridge().notifyIntrinsicHeight?.(height),
  };
  queueMicrotask(show);
  return Promise.resolve(host);
}

function output(structured: Record<string, unknown> | null, beside: Record<string, unknown> | null): CallToolResult {
  const meta = beside ? { _meta: beside } : {};
  return structured ? { content: [], structuredContent: structured, ...meta } : { content: [], isError: true, ...meta };
}

/** What `callTool` gave, as the result that it stands for. */
function result(given: unknown): CallToolResult {
  if (typeof given === "string") return { content: [{ type: "text", text: given }] };
  if (typeof given !== "object" || given === null) return { content: [] };
  if ("result" in given && !("content" in given)) return result(given.result);
  return { content: [], ...given };
}

function read(): Context {
  const { theme, locale, displayMode, safeArea } = bridge();
  return {
    theme: theme ?? (dark() ? "dark" : "light"),
    language: language(locale),
    mode: displayMode ?? "inline",
    modes: bridge().requestDisplayMode ? ["inline", "fullscreen"] : [],
    insets: safeArea?.insets ?? { top: 0, right: 0, bottom: 0, left: 0 },
    variables: {},
    tool: null,
    signIn: null,
  };
}
