// The view's side of MCP Apps (2026-01-26): JSON-RPC with the host around the frame, by postMessage.
//
// The official `App` alone takes 67 KB gzipped, because it checks every message with schemas; the host does that
// too. Here the messages are the official types, so a change of the protocol does not compile.

import type { CallToolRequest, CallToolResult, Implementation } from "@modelcontextprotocol/client";
import type {
  McpUiHostCapabilities, McpUiHostContext, McpUiHostContextChangedNotification, McpUiInitializeRequest,
  McpUiInitializeResult, McpUiInitializedNotification, McpUiMessageRequest, McpUiMessageResult, McpUiOpenLinkRequest,
  McpUiOpenLinkResult, McpUiRequestDisplayModeRequest, McpUiRequestDisplayModeResult, McpUiResourceTeardownRequest,
  McpUiSizeChangedNotification, McpUiToolCancelledNotification, McpUiToolInputNotification,
  McpUiToolInputPartialNotification, McpUiToolResultNotification, McpUiUpdateModelContextRequest,
} from "@modelcontextprotocol/ext-apps";

export const VERSION = "2026-01-26";

type Message = { method: string; params?: unknown };
type Exchange<Asked extends Message, Answer> = { [M in Asked["method"]]: { params: Asked["params"]; result: Answer } };
type Told<N extends Message> = { [M in N["method"]]: N["params"] };

/** What a view may ask of its host. */
export type Requests = Exchange<McpUiInitializeRequest, McpUiInitializeResult> &
  Exchange<CallToolRequest, CallToolResult> &
  Exchange<McpUiOpenLinkRequest, McpUiOpenLinkResult> &
  Exchange<McpUiMessageRequest, McpUiMessageResult> &
  Exchange<McpUiUpdateModelContextRequest, object> &
  Exchange<McpUiRequestDisplayModeRequest, McpUiRequestDisplayModeResult>;

/** What a view tells its host. */
export type Outgoing = Told<McpUiInitializedNotification> & Told<McpUiSizeChangedNotification>;

/** What a host tells its view. */
export type Incoming = Told<McpUiToolInputNotification> &
  Told<McpUiToolInputPartialNotification> &
  Told<McpUiToolResultNotification> &
  Told<McpUiToolCancelledNotification> &
  Told<McpUiHostContextChangedNotification>;

const TEARDOWN: McpUiResourceTeardownRequest["method"] = "ui/resource-teardown";
const METHOD_NOT_FOUND = -32601;

type Listeners = { [M in keyof Incoming]?: (params: Incoming[M]) => void };
type Pending = { resolve: (result: never) => void; reject: (reason: Error) => void };
type Wire = { jsonrpc: "2.0"; id?: string | number; method?: string; params?: unknown; result?: unknown; error?: { code: number; message: string; data?: unknown } };

/** The host answered a request with an error, or not at all. */
export class HostError extends Error {
  override name = "HostError";
  readonly code: number | null;
  /** What the host or the server said beside the sentence. */
  readonly data: unknown;

  constructor(message: string, code: number | null = null, data: unknown = null) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** A connection to the host around this frame. */
export class Connection {
  capabilities: McpUiHostCapabilities = {};
  context: McpUiHostContext = {};
  host: Implementation | null = null;
  #next = 1;
  readonly #pending = new Map<string | number, Pending>();
  readonly #listeners: Listeners;
  readonly #leave: () => void | Promise<void>;
  readonly #parent: Window;

  /** Listens at once. `leave` is run before the host takes the frame away. */
  constructor(listeners: Listeners, leave: () => void | Promise<void>, parent: Window = window.parent) {
    this.#listeners = listeners;
    this.#leave = leave;
    this.#parent = parent;
    window.addEventListener("message", this.#receive);
  }

  /** Shakes hands. Rejects when no host answers in time. */
  async open(app: Implementation, displayModes: ("inline" | "fullscreen" | "pip")[], patience = 10_000): Promise<void> {
    const asked = { appInfo: app, appCapabilities: { availableDisplayModes: displayModes }, protocolVersion: VERSION };
    const agreed = await this.request("ui/initialize", asked, patience).catch((error: unknown) => {
      this.close();
      throw error;
    });
    this.host = agreed.hostInfo;
    this.capabilities = agreed.hostCapabilities;
    this.context = { ...agreed.hostContext, ...this.context };
    this.notify("ui/notifications/initialized", {});
  }

  close(): void {
    window.removeEventListener("message", this.#receive);
    for (const { reject } of this.#pending.values()) reject(new HostError("The connection was closed."));
    this.#pending.clear();
  }

  request<M extends keyof Requests>(method: M, params: Requests[M]["params"], patience = 60_000): Promise<Requests[M]["result"]> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new HostError(`The host did not answer ${method}.`));
      }, patience);
      const done = <T>(then: (value: T) => void) => (value: T) => {
        clearTimeout(timer);
        then(value);
      };
      this.#pending.set(id, { resolve: done(resolve as (result: never) => void), reject: done(reject) });
      this.#post({ jsonrpc: "2.0", id, method, params });
    });
  }

  notify<M extends keyof Outgoing>(method: M, params: Outgoing[M]): void {
    this.#post({ jsonrpc: "2.0", method, params });
  }

  // The host's origin is not known to a frame in a sandbox; nothing secret is sent to it before it has asked.
  #post(message: Wire): void {
    this.#parent.postMessage(message, "*");
  }

  readonly #receive = (event: MessageEvent): void => {
    const message = event.data as Wire | null;
    if (event.source !== this.#parent || message?.jsonrpc !== "2.0") return;
    if (message.method === undefined) this.#settle(message);
    else if (message.id === undefined) this.#hear(message.method, message.params);
    else void this.#answer(message.id, message.method);
  };

  #settle({ id, result, error }: Wire): void {
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || pending === undefined) return;
    this.#pending.delete(id);
    if (error) pending.reject(new HostError(error.message, error.code, error.data));
    else pending.resolve(result as never);
  }

  #hear(method: string, params: unknown): void {
    if (method === "ui/notifications/host-context-changed") this.context = { ...this.context, ...(params as McpUiHostContext) };
    // A message can be named like anything, such as what every object has.
    if (!Object.hasOwn(this.#listeners, method)) return;
    const listener = this.#listeners[method as keyof Incoming] as (params: unknown) => void;
    listener(params ?? {});
  }

  async #answer(id: string | number, method: string): Promise<void> {
    if (method === TEARDOWN) {
      await this.#leave();
      this.#post({ jsonrpc: "2.0", id, result: {} });
      this.close();
    } else if (method === "ping") this.#post({ jsonrpc: "2.0", id, result: {} });
    else this.#post({ jsonrpc: "2.0", id, error: { code: METHOD_NOT_FOUND, message: `This view does not answer ${method}.` } });
  }
}
