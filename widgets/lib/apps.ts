// A host that speaks MCP Apps.

import type { McpUiHostContext } from "@modelcontextprotocol/ext-apps";
import { type Context, type Events, type Host, dark, language } from "./host.ts";
import { Connection } from "./protocol.ts";

/** Where a page of our own says how to sign in, beside the official context. */
export const SIGN_IN = "360ghar.com/sign-in";

/** Rejects when no host answers in time. */
export async function appsHost(name: string, events: Events, patience?: number): Promise<Host> {
  const connection = new Connection(
    {
      "ui/notifications/tool-input": ({ arguments: given }) => events.input(given ?? {}),
      "ui/notifications/tool-result": (result) => events.result(result),
      "ui/notifications/tool-cancelled": () => events.cancelled(),
      "ui/notifications/host-context-changed": () => events.context(read(connection.context)),
    },
    () => events.leaving(),
  );
  await connection.open({ name, version: "1" }, ["inline", "fullscreen"], patience);
  return {
    get context() {
      return read(connection.context);
    },
    call: (tool, given, meta) => connection.request("tools/call", { name: tool, arguments: given, ...(meta ? { _meta: meta } : {}) }),
    async open(url) {
      if (!connection.capabilities.openLinks) return false;
      return !(await connection.request("ui/open-link", { url })).isError;
    },
    async say(text) {
      if (!connection.capabilities.message) return false;
      return !(await connection.request("ui/message", { role: "user", content: [{ type: "text", text }] })).isError;
    },
    async tell(text, about) {
      const takes = connection.capabilities.updateModelContext;
      if (!takes) return;
      const beside = about && takes.structuredContent ? { structuredContent: about } : {};
      await connection.request("ui/update-model-context", { content: [{ type: "text", text }], ...beside });
    },
    async display(mode) {
      await connection.request("ui/request-display-mode", { mode });
    },
    resize: (height) => connection.notify("ui/notifications/size-changed", { height }),
  };
}

function read(context: McpUiHostContext): Context {
  const variables = Object.entries(context.styles?.variables ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const signIn = context[SIGN_IN];
  return {
    theme: context.theme ?? (dark() ? "dark" : "light"),
    language: language(context.locale),
    mode: context.displayMode ?? "inline",
    modes: context.availableDisplayModes ?? [],
    insets: context.safeAreaInsets ?? { top: 0, right: 0, bottom: 0, left: 0 },
    variables: Object.fromEntries(variables),
    tool: context.toolInfo?.tool.name ?? null,
    signIn: typeof signIn === "string" ? signIn : null,
  };
}
