// ChatGPT's own bridge: `window.openai`, as its Apps SDK documents it.

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
  callTool?(name: string, given: Record<string, unknown>): Promise<CallToolResult>;
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
    if (!toolOutput || toolOutput === shown) return;
    shown = toolOutput;
    events.result({ content: [], structuredContent: toolOutput, ...(toolResponseMetadata ? { _meta: toolResponseMetadata } : {}) });
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
      return callTool(name, given);
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
      await bridge().setWidgetState?.({ ...bridge().widgetState, said: text, ...about });
    },
    async display(mode) {
      await bridge().requestDisplayMode?.({ mode });
    },
    resize: (height) => bridge().notifyIntrinsicHeight?.(height),
  };
  queueMicrotask(show);
  return Promise.resolve(host);
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
