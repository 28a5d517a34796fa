// What goes between the page and the `window.openai` that it put into a frame.

import type { OpenAi } from "../lib/chatgpt.ts";
import type { DisplayMode } from "../lib/host.ts";
import type { Choices } from "./choices.ts";

type Methods = "callTool" | "sendFollowUpMessage" | "openExternal" | "requestDisplayMode" | "setWidgetState" | "notifyIntrinsicHeight";

export type Globals = Omit<OpenAi, Methods>;

export interface Asked {
  readonly openai: Methods;
  readonly id: number;
  readonly given: unknown;
}

export type Told = { readonly globals: Globals } | { readonly answers: number; readonly value?: unknown; readonly failed?: string };

/** What the host says of itself. */
export function globals({ theme, lang }: Choices, displayMode: DisplayMode): Globals {
  return { theme, locale: lang === "hi" ? "hi-IN" : "en-IN", displayMode, safeArea: { insets: { top: 0, right: 0, bottom: 0, left: 0 } } };
}

/** The same with what there is before the answer, as the name of a frame: all that it can know when its scripts begin. */
export const named = (choices: Choices, toolInput: Record<string, unknown>): string =>
  JSON.stringify({ ...globals(choices, choices.mode), toolInput, toolOutput: null, widgetState: null } satisfies Globals);
