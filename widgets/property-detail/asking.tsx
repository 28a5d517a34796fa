// Asking for what a person confirms first: the preview that answers, or why it cannot be.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Outcome, Refusal } from "../lib/client.ts";
import { Confirm, isPreview } from "../lib/confirm.tsx";
import { appointment } from "../lib/format.ts";
import { Button, Notice } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import type { Contact, Visit } from "../types/tools.ts";
import { say } from "./words.ts";

type Consented = "request_visit" | "reveal_contact";
export type Given = Extract<Outcome<Consented>, { ok: true }>;

export type Asking =
  | { readonly kind: "idle" }
  | { readonly kind: "asking" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "asked"; readonly outcome: Given };

/** The state of asking, what asks, and what begins again. One question at a time. */
export function useAsk<G>(ask: (given: G) => Promise<Outcome<Consented>>): [Asking, (given: G) => void, () => void] {
  const [state, set] = useState<Asking>({ kind: "idle" });
  const start = async (given: G): Promise<void> => {
    if (state.kind === "asking") return;
    set({ kind: "asking" });
    const outcome = await ask(given);
    set(outcome.ok ? { kind: "asked", outcome } : { kind: "refused", refusal: outcome.refusal });
  };
  return [state, (given) => void start(given), () => set({ kind: "idle" })];
}

interface AskedProps {
  readonly outcome: Given;
  readonly reach: Reach;
  /** What leads back from it, and what that is called. */
  readonly again: () => void;
  readonly leave: string;
}

/** What came of asking: what waits for the person's yes, or what was done where the host has asked them already. */
export function Asked({ outcome: { answer, meta }, reach, again, leave }: AskedProps) {
  const place = useRef<HTMLDivElement>(null);
  const [done, set] = useState(!isPreview(answer));
  useLayoutEffect(() => place.current?.focus(), []);
  return (
    <div class="answered" ref={place} tabIndex={-1}>
      {isPreview(answer) ? <Confirm answer={answer} meta={meta} reach={reach} fresh settled={({ state }) => set(state === "done")} />
        : <Notice kind="good">{"starts" in answer ? <Visited visit={answer} /> : <Shown contact={answer} />}</Notice>}
      {!done && <Button kind="quiet" small onClick={again}>{leave}</Button>}
    </div>
  );
}

const Visited = ({ visit }: { visit: Visit }) => <p>{say("visitAsked")(appointment(visit.starts, visit.ends))}</p>;

function Shown({ contact }: { contact: Contact }) {
  return (
    <>
      <p>{say("reach")}: <b>{contact.name} {contact.contact}</b></p>
      <p>{say("shownThem")}: {contact.shown_to_them}</p>
    </>
  );
}
