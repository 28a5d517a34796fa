// A widget in a frame on a page, and the official bridge to it.

import "./quiet.ts";
import { AppBridge } from "@modelcontextprotocol/ext-apps/app-bridge";
import type { McpUiDisplayMode, McpUiHostContext, McpUiMessageRequest } from "@modelcontextprotocol/ext-apps/app-bridge";
import type { CallToolRequest, CallToolResult, Tool } from "@modelcontextprotocol/client";
import { Line } from "./line.ts";

/** What a page provides to a widget that it shows. */
export interface Page {
  readonly context: McpUiHostContext;
  call(params: CallToolRequest["params"]): Promise<CallToolResult>;
  /** Opens a page in a new tab; false where the person or the page does not want to. */
  open(url: string): boolean | Promise<boolean>;
  /** Asks in the person's name; false where nothing can be asked now. */
  say(text: string): boolean;
  /** Remembers what the person did, for the next question. */
  tell(text: string): void;
  /** Shows the frame in another way; the mode that it is in then. */
  display?(mode: McpUiDisplayMode): McpUiDisplayMode;
  /** The height that the content takes. */
  grown?(height: number): void;
}

const CAPABILITIES = { openLinks: {}, message: { text: {} }, serverTools: {}, updateModelContext: { text: {} } };
/** How long a widget may take to say that it is there. */
const PATIENCE = 15_000;

/** A widget in a frame. `frame` must be in the document before `show` is called. */
export class Frame {
  readonly frame: HTMLIFrameElement;
  readonly #bridge: AppBridge;
  readonly #ready: Promise<void>;
  #context: McpUiHostContext;

  constructor(source: string, title: string, page: Page) {
    this.frame = document.createElement("iframe");
    this.frame.title = title;
    // Its own origin, and no way to ours.
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.#context = page.context;
    this.#bridge = new AppBridge(null, { name: "360 Ghar", version: "1" }, CAPABILITIES, { hostContext: page.context });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ready = promise;
    this.#bridge.oninitialized = () => resolve();
    this.#answer(page);
    this.frame.src = source;
  }

  #answer(page: Page): void {
    const bridge = this.#bridge;
    bridge.oncalltool = (params) => page.call(params);
    bridge.onopenlink = async ({ url }) => ({ isError: !(await page.open(url)) });
    bridge.onmessage = async ({ content }) => ({ isError: !page.say(text(content)) });
    bridge.onupdatemodelcontext = async ({ content }) => {
      page.tell(text(content ?? []));
      return {};
    };
    bridge.onrequestdisplaymode = async ({ mode }) => {
      const shown = page.display?.(mode) ?? "inline";
      this.change({ displayMode: shown });
      return { mode: shown };
    };
    bridge.onsizechange = ({ height }) => {
      if (height !== undefined) page.grown?.(height);
    };
  }

  /** Shows a tool's answer. Rejects when the widget does not come up. */
  async show(input: Record<string, unknown>, result: CallToolResult): Promise<void> {
    const view = this.frame.contentWindow;
    if (!view) throw new Error("The frame is not on the page.");
    await this.#bridge.connect(new Line(view));
    await this.#up();
    await this.#bridge.sendToolInput({ arguments: input });
    await this.update(result);
  }

  /** Shows another answer in its place. */
  async update(result: CallToolResult): Promise<void> {
    await this.#bridge.sendToolResult(result);
  }

  async #up(): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error("The view did not come up.")), PATIENCE);
    await Promise.race([this.#ready, late]).finally(() => clearTimeout(timer));
  }

  /** Tells the widget that its surroundings have changed. */
  change(context: McpUiHostContext): void {
    this.#context = { ...this.#context, ...context };
    this.#bridge.setHostContext(this.#context);
  }

  async remove(): Promise<void> {
    await this.#bridge.teardownResource({}, { timeout: 1_000 }).catch(() => undefined);
    await this.#bridge.close();
    this.frame.remove();
  }
}

/** What a widget is told of the tool whose answer it shows. */
export const named = (tool: string): { tool: Tool } => ({ tool: { name: tool, inputSchema: { type: "object" } } });

function text(content: McpUiMessageRequest["params"]["content"]): string {
  return content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
}
