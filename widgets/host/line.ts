// The messages between a page and one frame. The official transport writes each of them into the console, with all that a
// person is shown.

import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/client";

export class Line implements Transport {
  onmessage: (message: JSONRPCMessage) => void = () => undefined;
  onclose: () => void = () => undefined;
  readonly #view: Window;

  constructor(view: Window) {
    this.#view = view;
  }

  async start(): Promise<void> {
    window.addEventListener("message", this.#receive);
  }

  /** The frame has an origin of its own that cannot be named; the policy of the page keeps it on our site. */
  async send(message: JSONRPCMessage): Promise<void> {
    this.#view.postMessage(message, "*");
  }

  async close(): Promise<void> {
    window.removeEventListener("message", this.#receive);
    this.onclose();
  }

  readonly #receive = ({ source, data }: MessageEvent): void => {
    const message = data as JSONRPCMessage | null;
    if (source === this.#view && typeof message === "object" && message?.jsonrpc === "2.0") this.onmessage(message);
  };
}
