// ChatGPT's own bridge: no handshake and no teardown, but `window.openai` in the frame.

import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Params } from "./answering.ts";
import type { Choices } from "./choices.ts";
import { type Ground, type Hosting, type Mode, displayed, framed, patience, problem, source, tall } from "./host.ts";
import { type Asked, type Told, globals } from "./wire.ts";


export class ChatGptHost implements Hosting {
  readonly ready: Promise<void>;
  readonly frame: HTMLIFrameElement;
  readonly #ground: Ground;
  #choices: Choices;
  #mode: Mode;
  #seen: () => void = () => undefined;

  /** `frame` is one that somebody else shows, beside whose bridge this one stands. */
  constructor(ground: Ground, frame?: HTMLIFrameElement) {
    this.#ground = ground;
    this.#choices = ground.choices;
    this.#mode = ground.choices.mode;
    this.frame = frame ?? framed(ground);
    addEventListener("message", this.#hear);
    if (frame) {
      this.ready = Promise.resolve();
      return;
    }
    const seen = this.#watched();
    const shown = new Promise((done) => this.frame.addEventListener("load", done, { once: true })).then(() => this.#show());
    this.frame.src = source(ground.choices);
    this.ready = Promise.all([seen, shown]).then(() => undefined);
    displayed(ground, this.#mode, () => this.#display("inline"));
  }

  change(choices: Choices): void {
    this.#choices = choices;
    this.#tell({ globals: globals(this.#choices, this.#mode) });
  }

  result(result: CallToolResult): void {
    const toolOutput = (result.structuredContent as Record<string, unknown> | undefined) ?? null;
    this.#tell({ globals: { toolOutput, toolResponseMetadata: result._meta ?? null } });
  }

  async leave(): Promise<boolean> {
    removeEventListener("message", this.#hear);
    this.frame.remove();
    this.#ground.note("teardown", "taken away, as ChatGPT does: unasked");
    return true;
  }

  #watched(): Promise<void> {
    const { box, note } = this.#ground;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const sentence = "The widget never said how tall it is.";
        note("failure", sentence);
        problem(box, sentence);
        reject(new Error(sentence));
      }, patience(this.#ground));
      this.#seen = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #show(): void {
    this.frame.style.visibility = "visible";
    const { play, note, choices } = this.#ground;
    note("sent", play.result ?? choices.state);
    if (play.result) this.result(play.result);
  }

  readonly #hear = ({ source: from, data }: MessageEvent<Asked | null>): void => {
    if (from !== this.frame.contentWindow || data === null || typeof data !== "object" || !("openai" in data)) return;
    this.#answer(data).then(
      (value) => this.#tell({ answers: data.id, value }),
      (error: unknown) => this.#tell({ answers: data.id, failed: error instanceof Error ? error.message : String(error) }),
    );
  };

  async #answer({ openai, given }: Asked): Promise<unknown> {
    const { note } = this.#ground;
    switch (openai) {
      case "callTool":
        return this.#call(given as Params);
      case "notifyIntrinsicHeight":
        note("size", given);
        this.#seen();
        return tall(this.frame, given as number);
      case "requestDisplayMode":
        return { mode: this.#display((given as { mode: Mode }).mode) };
      case "setWidgetState":
        return note("tell", given);
      case "sendFollowUpMessage":
        return note("say", given);
      case "openExternal":
        return note("open", (given as { href: string }).href);
    }
  }

  /** As documented: a tool that does not say that widgets may call it is refused. Its answer is the whole result. */
  async #call(params: Params): Promise<CallToolResult> {
    const { known, play, note } = this.#ground;
    if (known.tools[params.name]?.meta["openai/widgetAccessible"] === true) return play.call(params);
    note("failure", `${params.name} is not for widgets.`);
    throw new Error(`Tool ${params.name} is not accessible from a widget.`);
  }

  #display(mode: Mode): Mode {
    this.#mode = mode;
    displayed(this.#ground, mode, () => this.#display("inline"));
    this.#tell({ globals: { displayMode: mode } });
    return mode;
  }

  #tell(told: Told): void {
    this.frame.contentWindow?.postMessage(told, "*");
  }
}
