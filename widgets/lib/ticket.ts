// How one ticket stands: what was previewed, whether it still waits, and what the person decided here or elsewhere.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Action, Preview } from "../types/tools.ts";
import { type Outcome, type Refusal, UNREACHABLE, UNREADABLE } from "./client.ts";
import type { Reach } from "./widget.tsx";

export type Doing = "confirm" | "decline" | "check";

export interface Ticket {
  readonly preview: Preview;
  readonly action: Action;
  /** What is under way. */
  readonly doing: Doing | null;
  /** Why the last try did nothing. */
  readonly refusal: Refusal | null;
  /** Whether this view can confirm; else only the person's own page can. */
  readonly confirmable: boolean;
  /** Whether the person has just decided here. */
  readonly here: boolean;
  /** Whether it was decided somewhere else while it was shown here. */
  readonly elsewhere: boolean;
  /** What the last try found although nothing has changed: it is still undecided, or what was decided counts later. */
  readonly notice: "undecided" | "noted" | null;
  confirm(): void;
  decline(reason: string): void;
  /** Asks how it stands. Quietly: what went wrong is not told. */
  check(quietly?: boolean): void;
}

const NONCE = "360ghar.com/nonce";
/** Refusals after which the server knows better how it stands. */
const DECIDED = ["ticket_used", "ticket_expired", "ticket_void", "asker_gone", "no_such_ticket", UNREACHABLE];

type Meta = Readonly<Record<string, unknown>>;

interface Known {
  readonly action: Action;
  readonly doing: Doing | null;
  readonly refusal: Refusal | null;
  readonly nonce: string | null;
  readonly here: boolean;
  readonly elsewhere: boolean;
  readonly notice: Ticket["notice"];
}

/** Whether an answer is a preview of something that waits. */
export const isPreview = (answer: object): answer is Preview => "confirm_url" in answer && "ticket" in answer;

/** Whether an answer tells how a ticket stands. */
export const isAction = (answer: object): answer is Action => "preview" in answer && "state" in answer;

/** A ticket that waits, as far as its preview tells. */
export const waiting = (preview: Preview): Action => ({ preview, state: "waiting", decided_at: null, reason: null, answer: null });

/** Follows a ticket from `start`. `settled` is run once the person has decided it here. */
export function useTicket(start: Action, meta: Meta, reach: Reach, settled?: (action: Action) => void): Ticket {
  const [known, set] = useState<Known>(() => begun(start, meta));
  const latest = useRef(known);
  const become = (change: Partial<Known>): void => {
    latest.current = { ...latest.current, ...change };
    set(latest.current);
  };
  const hands = new Hands(reach, () => latest.current, become, settled);
  useEffect(() => {
    const same = start.preview.ticket === latest.current.action.preview.ticket;
    if (!same || start.state !== "waiting") become({ ...begun(start, meta), here: same && latest.current.here });
  }, [start, meta]);
  const { action, doing, refusal, here, elsewhere, notice } = known;
  return {
    preview: action.preview, action, doing, refusal, here, elsewhere, notice, confirmable: known.nonce !== null,
    confirm: () => void hands.confirm(),
    decline: (reason) => void hands.decline(reason),
    check: (quietly = false) => void hands.check(quietly),
  };
}

function begun(action: Action, meta: Meta): Known {
  const nonce = meta[NONCE];
  return { action, doing: null, refusal: null, nonce: typeof nonce === "string" ? nonce : null, here: false, elsewhere: false, notice: null };
}

/** What can be done about a ticket, one thing at a time: a second press while the first is under way does nothing. */
class Hands {
  readonly #reach: Reach;
  readonly #known: () => Known;
  readonly #become: (change: Partial<Known>) => void;
  readonly #settled: ((action: Action) => void) | undefined;

  constructor(reach: Reach, known: () => Known, become: (change: Partial<Known>) => void, settled?: (action: Action) => void) {
    this.#reach = reach;
    this.#known = known;
    this.#become = become;
    this.#settled = settled;
  }

  async confirm(): Promise<void> {
    const { nonce, action } = this.#known();
    if (nonce === null || !this.#begin("confirm")) return;
    const outcome = await this.#reach.call("confirm_action", { ticket: action.preview.ticket, nonce });
    await this.#decided(outcome, "done");
  }

  async decline(reason: string): Promise<void> {
    if (!this.#begin("decline")) return;
    const { ticket } = this.#known().action.preview;
    const outcome = await this.#reach.call("decline_action", { ticket, reason: reason.trim() || null });
    await this.#decided(outcome, "declined", reason.trim() || null);
  }

  async check(quietly: boolean): Promise<void> {
    if (quietly ? this.#known().doing !== null : !this.#begin("check")) return;
    const outcome = await this.#asked();
    if (quietly && this.#known().doing !== null) return;
    this.#checked(outcome, quietly);
  }

  #begin(doing: Doing): boolean {
    const { doing: already, action } = this.#known();
    if (already !== null || (doing !== "check" && action.state !== "waiting")) return false;
    this.#become({ doing, refusal: null, notice: null });
    return true;
  }

  #asked(): Promise<Outcome<"action_status">> {
    return this.#reach.call("action_status", { ticket: this.#known().action.preview.ticket });
  }

  #checked(outcome: Outcome<"action_status">, quietly: boolean): void {
    const found = this.#action(outcome);
    if (found && found.state !== "waiting") this.#become({ action: found, doing: null, refusal: null, elsewhere: true });
    else if (!quietly) this.#become({ doing: null, refusal: outcome.ok || found ? null : outcome.refusal, notice: found && "undecided" });
  }

  async #decided(outcome: Outcome<"confirm_action" | "decline_action">, wanted: "done" | "declined", reason: string | null = null): Promise<void> {
    // An answer without its structured part is still not an error: what was wanted has happened.
    const bare = !outcome.ok && outcome.refusal.code === UNREADABLE;
    const told = bare ? { ...this.#known().action, state: wanted, reason } : this.#action(outcome);
    if (told) {
      const noted = told.state === "waiting";
      this.#become({ action: told, doing: null, here: noted || told.state === wanted, notice: noted ? "noted" : null });
      this.#settled?.(told);
      await this.#reach.host.tell(sentence(told), { ticket: told.preview.ticket, tool: told.preview.tool, state: told.state }).catch(() => undefined);
    } else if (!outcome.ok) await this.#refused(outcome.refusal);
    else this.#become({ doing: null });
  }

  async #refused(refusal: Refusal): Promise<void> {
    if (refusal.code === "not_confirmable") this.#become({ nonce: null });
    const now = DECIDED.includes(refusal.code) ? this.#action(await this.#asked()) : null;
    const action = now ?? assumed(this.#known().action, refusal.code);
    const waits = action.state === "waiting";
    this.#become({ action, doing: null, refusal: waits ? refusal : null, elsewhere: !waits });
  }

  /** How this ticket stands, by an answer. One about another ticket says nothing. */
  #action(outcome: Outcome<"action_status" | "confirm_action" | "decline_action">): Action | null {
    const { action } = this.#known();
    if (outcome.ok) return isAction(outcome.answer) && outcome.answer.preview.ticket === action.preview.ticket ? outcome.answer : null;
    if (outcome.refusal.code !== UNREADABLE) return null;
    const state = stateOf(outcome.refusal.message);
    return state && { ...action, state };
  }
}

/** What a refusal alone tells where nobody can be asked. */
function assumed(action: Action, code: string): Action {
  if (code === "ticket_expired") return { ...action, state: "expired" };
  return code === "ticket_void" || code === "asker_gone" ? { ...action, state: "void" } : action;
}

const SENTENCES: readonly (readonly [string, Action["state"]])[] = [
  ["Nothing has been done yet", "waiting"], ["Done:", "done"], ["Declined", "declined"],
  ["What was shown had changed", "void"], ["It waited too long", "expired"],
];

/** How a ticket stands by the sentence of its answer, for hosts that keep the rest. */
export const stateOf = (text: string): Action["state"] | null => SENTENCES.find(([begins]) => text.startsWith(begins))?.[1] ?? null;

/** What the model is told of it. */
function sentence({ preview: { ticket, tool }, state, reason, answer }: Action): string {
  const id = typeof answer?.["id"] === "number" ? ` Its id is ${answer["id"]}.` : "";
  if (state === "done") return `The person confirmed ${tool} (ticket ${ticket}), and it was done.${id}`;
  if (state === "declined") return `The person declined ${tool} (ticket ${ticket}), and nothing was done.${reason ? ` Their reason: ${JSON.stringify(reason)}` : ""}`;
  return `The person decided ${tool} (ticket ${ticket}); it is ${state}.`;
}
