// Asking for what a person confirms first: the preview that answers, or why it cannot be.

import { useState } from "preact/hooks";
import type { Outcome, Refusal } from "../lib/client.ts";
import { appointment } from "../lib/format.ts";
import { Notice } from "../lib/parts.tsx";
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

/** What came of asking: what waits for the person's yes, or what was done where the host has asked them already. */
export function Asked({ outcome, reach, again }: { outcome: Given; reach: Reach; again: () => void }) {
  const { answer } = outcome;
  if ("ticket" in answer) return <pre onClick={again}>{reach.context.language + answer.what}</pre>;
  return <Notice kind="good">{"starts" in answer ? <Visited visit={answer} /> : <Shown contact={answer} />}</Notice>;
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
