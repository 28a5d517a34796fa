// Keeping properties on the shortlist, and taking them off again.

import { useRef, useState } from "preact/hooks";
import { type Call, type Refusal, UNREADABLE } from "../lib/client.ts";
import type { Host } from "../lib/host.ts";
import type { Reach } from "../lib/widget.tsx";

interface Kept {
  /** What is being kept or dropped just now. */
  readonly keeping: number | null;
  /** What was done last, and what hindered it. */
  readonly done: "isKept" | "wasKept" | "unkept" | null;
  readonly refusal: Refusal | null;
}

export interface Keeping extends Kept {
  readonly kept: (id: number) => boolean;
  /** Keeps what is not kept, and drops what is. */
  readonly turn: (id: number) => void;
  /** Tries once more what was refused. */
  readonly again: () => void;
}

/** What was put on the shortlist from here: a list and what is opened from it know the same. */
const shortlist = new Set<number>();

/** The shortlist as far as it was changed here, and what changes it. */
export function useKept({ host, call }: Reach): Keeping {
  const [now, set] = useState<Kept>({ keeping: null, done: null, refusal: null });
  const last = useRef<number | null>(null);
  const waiting = useRef(new Map<number, Promise<void>>());
  const change = async (id: number): Promise<void> => {
    set({ keeping: id, done: null, refusal: null });
    const { kept, done, refusal } = shortlist.has(id) ? await drop(id, call, host) : await keep(id, call, host);
    if (kept) shortlist.add(id);
    else shortlist.delete(id);
    waiting.current.delete(id);
    set({ keeping: null, done, refusal });
  };
  // One after the other, so that each is told of, and the last one is what can be undone.
  const turn = (id: number): void => {
    if (waiting.current.has(id)) return;
    const before = [...waiting.current.values()].at(-1) ?? Promise.resolve();
    last.current = id;
    waiting.current.set(id, before.then(() => change(id)));
  };
  return { ...now, kept: (id) => shortlist.has(id), turn, again: () => last.current !== null && turn(last.current) };
}

type Turned = { kept: boolean; done: Kept["done"]; refusal: Refusal | null };

async function keep(id: number, call: Call, host: Host): Promise<Turned> {
  const outcome = await call("shortlist_property", { property_id: id });
  // Without its structured part an answer is still one: it was done.
  if (!outcome.ok && outcome.refusal.code !== UNREADABLE) return { kept: false, done: null, refusal: outcome.refusal };
  void host.tell(`The person put property ${id} on their shortlist.`, { property_id: id, shortlisted: true });
  return { kept: true, done: outcome.ok && !outcome.answer.changed ? "wasKept" : "isKept", refusal: null };
}

/** Refusals after which it is off the shortlist all the same: it was taken off elsewhere, or the answer is not told whole. */
const OFF = ["not_shortlisted", UNREADABLE];

async function drop(id: number, call: Call, host: Host): Promise<Turned> {
  const outcome = await call("remove_from_shortlist", { property_id: id });
  if (!outcome.ok && !OFF.includes(outcome.refusal.code)) return { kept: true, done: null, refusal: outcome.refusal };
  void host.tell(`The person took property ${id} off their shortlist.`, { property_id: id, shortlisted: false });
  return { kept: false, done: "unkept", refusal: null };
}
