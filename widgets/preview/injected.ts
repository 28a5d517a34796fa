// What ChatGPT puts into a frame before anything else runs there: `window.openai`, wired to the page around it.

import type { CallToolResult } from "@modelcontextprotocol/client";
import type { OpenAi } from "../lib/chatgpt.ts";
import type { Asked, Globals, Told } from "./wire.ts";

const pending = new Map<number, { resolve: (value: never) => void; reject: (reason: Error) => void }>();
let next = 1;

function ask<T>(method: Asked["openai"], given: unknown): Promise<T> {
  const id = next++;
  const asked: Asked = { openai: method, id, given };
  parent.postMessage(asked, "*");
  return new Promise<T>((resolve, reject) => pending.set(id, { resolve: resolve as (value: never) => void, reject }));
}

const methods: OpenAi = {
  callTool: (name, given) => ask<CallToolResult>("callTool", { name, arguments: given }),
  sendFollowUpMessage: (asked) => ask<void>("sendFollowUpMessage", asked),
  openExternal: (asked) => void ask("openExternal", asked),
  requestDisplayMode: (asked) => ask("requestDisplayMode", asked),
  async setWidgetState(state) {
    openai.widgetState = state;
    await ask("setWidgetState", state);
  },
  notifyIntrinsicHeight: (height) => void ask("notifyIntrinsicHeight", height),
};

// The first values are there before any script of the widget runs; a frame's name is the one thing that it is born with.
const openai: OpenAi = { ...methods, ...(JSON.parse(window.name || "{}") as Globals) };
window.openai = openai;

addEventListener("message", ({ source, data }: MessageEvent<Told | null>) => {
  if (source !== parent || data === null) return;
  if ("globals" in data) {
    Object.assign(openai, data.globals);
    dispatchEvent(new CustomEvent("openai:set_globals", { detail: { globals: data.globals } }));
  } else if ("answers" in data) {
    const waiting = pending.get(data.answers);
    pending.delete(data.answers);
    if (data.failed !== undefined) waiting?.reject(new Error(data.failed));
    else waiting?.resolve(data.value as never);
  }
});
