// Asking for what a person confirms first: the preview that answers, or why it cannot be.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Action } from "../types/tools.ts";
import type { Outcome, Refusal } from "./client.ts";
import { Confirm, isPreview } from "./confirm.tsx";
import { Button, Notice } from "./parts.tsx";
import type { Reach } from "./widget.tsx";

export type Consented = "request_visit" | "reschedule_visit" | "reveal_contact";
export type Granted<N extends Consented> = Extract<Outcome<N>, { ok: true }>;

export type Asking<N extends Consented> =
  | { readonly kind: "idle" }
  | { readonly kind: "asking" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "asked"; readonly outcome: Granted<N> };

/** The state of asking, what asks, and what begins again. One question at a time. */
export function useAsk<N extends Consented, G>(ask: (given: G) => Promise<Outcome<N>>): [Asking<N>, (given: G) => void, () => void] {
  const [state, set] = useState<Asking<N>>({ kind: "idle" });
  const start = async (given: G): Promise<void> => {
    if (state.kind === "asking") return;
    set({ kind: "asking" });
    const outcome = await ask(given);
    set(outcome.ok ? { kind: "asked", outcome } : { kind: "refused", refusal: outcome.refusal });
  };
  return [state, (given) => void start(given), () => set({ kind: "idle" })];
}

interface AskedProps<N extends Consented> {
  readonly outcome: Granted<N>;
  readonly reach: Reach;
  /** What leads back from it, and what that is called. */
  readonly again: () => void;
  readonly leave: string;
  /** What was done, where the host has asked the person already. */
  readonly done: (answer: Granted<N>["answer"]) => ComponentChildren;
  readonly settled?: (action: Action) => void;
}

/** What came of asking: what waits for the person's yes, or what was done where the host has asked them already. */
export function Asked<N extends Consented>({ outcome: { answer, meta }, reach, again, leave, done, settled }: AskedProps<N>) {
  const place = useRef<HTMLDivElement>(null);
  const [over, set] = useState(!isPreview(answer));
  useLayoutEffect(() => place.current?.focus(), []);
  const decided = (action: Action): void => {
    set(action.state === "done");
    settled?.(action);
  };
  return (
    <div class="answered" ref={place} tabIndex={-1}>
      {isPreview(answer) ? <Confirm answer={answer} meta={meta} reach={reach} fresh settled={decided} /> : <Notice kind="good">{done(answer)}</Notice>}
      {!over && <Button kind="quiet" small onClick={again}>{leave}</Button>}
    </div>
  );
}
