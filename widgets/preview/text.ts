// A host that shows no widgets: the first words of an answer have to stand alone.

import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Ground, Hosting } from "./host.ts";

export class TextHost implements Hosting {
  readonly ready = Promise.resolve();
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.result(ground.play.result ?? { content: [{ type: "text", text: "…" }] });
  }

  change(): void {}

  result(result: CallToolResult): void {
    const first = result.content[0];
    const said = document.createElement("div");
    said.className = "says";
    said.textContent = first?.type === "text" ? first.text : "";
    this.#ground.box.replaceChildren(said);
    this.#ground.note("sent", result);
  }

  async leave(): Promise<boolean> {
    this.#ground.box.replaceChildren();
    return true;
  }
}
