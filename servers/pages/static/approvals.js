// What waits for the person's yes or no: drawn by its widget, and decided through the conversation that it waits in.

import { meet, proof } from "./person.js";
import { view } from "./views.js";
import { say } from "./words.js";

const NONCE = "360ghar.com/nonce";
const HINDI = "360ghar.com/hindi";

export class Approval {
  #data;
  #nonce;
  #decide;
  #answer = null;
  #host = null;
  open = true;

  // `decide(approval, { id, approved, reason })` takes what the person decided, and says whether the conversation goes on with it
  // now; how that went is told by `settle`.
  constructor(data, { put, decide }) {
    const { preview, hindi, approvable } = data;
    this.#data = data;
    this.#decide = decide;
    // Proves that a yes comes from the very view that was given this; it is worth nothing anywhere else.
    this.#nonce = approvable ? crypto.randomUUID() : null;
    const meta = { [HINDI]: hindi, ...(this.#nonce ? { [NONCE]: this.#nonce } : {}) };
    const shown = { widget: "confirm-action", tool: preview.tool, input: preview.arguments, output: preview, meta };
    this.view = view(shown, { put, call: (params, host) => this.#called(params, host), held: () => this.open });
  }

  get id() {
    return this.#data.preview.ticket;
  }

  get call() {
    return this.#data.toolCallId;
  }

  // Tells the view how it stands, once the conversation has gone on with what was decided.
  async settle() {
    const answer = this.#answer;
    this.#answer = null;
    if (!this.open) return;
    const standing = await this.#standing();
    answer?.(standing);
  }

  #called({ name, arguments: given = {} }, host) {
    this.#host = host;
    if (given.ticket !== this.id) return name.endsWith("_action") ? host.refusal("no_such_ticket", say("notYours")) : undefined;
    if (name === "decline_action") return this.#decided({ approved: false, ...(given.reason ? { reason: given.reason } : {}) });
    if (name === "action_status") return this.#looked();
    if (name !== "confirm_action") return undefined;
    const proven = this.#nonce !== null && given.nonce === this.#nonce;
    return proven ? this.#decided({ approved: true }) : host.refusal("not_confirmable", say("notYours"));
  }

  #decided(decision) {
    const { promise, resolve } = Promise.withResolvers();
    this.#answer = resolve;
    if (this.#decide(this, { id: this.id, ...decision })) return promise;
    // Until everything else is decided, too, it stands as it was; the view says so.
    this.#answer = null;
    return this.#status();
  }

  // What was decided on the page of its own lets the conversation go on, too.
  async #looked() {
    const result = await this.#status();
    const state = result.structuredContent?.state;
    if (this.open && (state === "done" || state === "declined")) {
      this.#close(result);
      this.#decide(this, { id: this.id, approved: state === "done" });
    }
    return result;
  }

  async #standing() {
    const result = await this.#status().catch(() => this.#host.refusal("unreachable", say("undecided")));
    const state = result.structuredContent?.state;
    if (state === "waiting") return this.#host.refusal("unreachable", say("undecided"));
    if (state) this.#close(result);
    return result;
  }

  #close(result) {
    this.open = false;
    this.view.become(result.structuredContent, result._meta);
  }

  async #status() {
    const result = await this.#host.carry({ name: "action_status", arguments: { ticket: this.id } }, { meet, proof });
    return { ...result, _meta: { ...result._meta, [HINDI]: this.#data.hindi } };
  }
}
