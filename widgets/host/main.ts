// For pages of ours that show widgets: a frame around one, and the official bridge to it.

import { AppBridge, PostMessageTransport } from "@modelcontextprotocol/ext-apps/app-bridge";
import type { McpUiHostContext } from "@modelcontextprotocol/ext-apps/app-bridge";
import type { CallToolRequest, CallToolResult } from "@modelcontextprotocol/client";

/** What a page provides to the widgets that it shows. */
export interface Page {
  readonly context: McpUiHostContext;
  call(params: CallToolRequest["params"]): Promise<CallToolResult>;
  open(url: string): boolean;
  say(text: string): void;
  tell(text: string): void;
}

/** A widget in a frame. `frame` must be in the document before `show` is called. */
export class Frame {
  readonly frame: HTMLIFrameElement;
  readonly #bridge: AppBridge;
  readonly #ready: Promise<void>;

  constructor(source: string, title: string, page: Page) {
    this.frame = document.createElement("iframe");
    this.frame.title = title;
    // Its own origin, and no way to ours.
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.#bridge = new AppBridge(null, { name: "360 Ghar", version: "1" }, { openLinks: {}, message: { text: {} }, serverTools: {}, updateModelContext: { text: {} } }, { hostContext: page.context });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ready = promise;
    this.#bridge.oninitialized = () => resolve();
    this.#bridge.oncalltool = (params) => page.call(params);
    this.#bridge.onopenlink = async ({ url }) => ({ isError: !page.open(url) });
    this.#bridge.onmessage = async ({ content }) => {
      for (const block of content) if (block.type === "text") page.say(block.text);
      return {};
    };
    this.#bridge.onupdatemodelcontext = async ({ content }) => {
      for (const block of content ?? []) if (block.type === "text") page.tell(block.text);
      return {};
    };
    this.#bridge.onsizechange = ({ height }) => {
      if (height !== undefined) this.frame.style.height = `${Math.min(height, 4000)}px`;
    };
    this.frame.src = source;
  }

  async show(input: Record<string, unknown>, result: CallToolResult): Promise<void> {
    const view = this.frame.contentWindow as Window;
    await this.#bridge.connect(new PostMessageTransport(view, view));
    await this.#ready;
    await this.#bridge.sendToolInput({ arguments: input });
    await this.#bridge.sendToolResult(result);
  }

  change(context: McpUiHostContext): void {
    this.#bridge.setHostContext(context);
  }

  async remove(): Promise<void> {
    await this.#bridge.teardownResource({}, { timeout: 1_000 }).catch(() => undefined);
    await this.#bridge.close();
    this.frame.remove();
  }
}
