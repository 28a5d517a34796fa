// What goes between the page and the `window.openai` that it put into a frame.

import type { OpenAi } from "../lib/chatgpt.ts";

type Methods = "callTool" | "sendFollowUpMessage" | "openExternal" | "requestDisplayMode" | "setWidgetState" | "notifyIntrinsicHeight";

export type Globals = Omit<OpenAi, Methods>;

export interface Asked {
  readonly openai: Methods;
  readonly id: number;
  readonly given: unknown;
}

export type Told = { readonly globals: Globals } | { readonly answers: number; readonly value?: unknown; readonly failed?: string };
