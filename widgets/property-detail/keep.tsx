// Keeping properties on the shortlist, and taking them off again.

import { useState } from "preact/hooks";
import type { Call, Refusal } from "../lib/client.ts";
import type { Host } from "../lib/host.ts";
import type { Reach } from "../lib/widget.tsx";

interface Kept {
  /** What is known to be on the shortlist. */
  readonly ids: readonly number[];
  /** What is being kept or dropped just now. */
  readonly keeping: number | null;
  /** What was done last, and what hindered it. */
  readonly done: "isKept" | "wasKept" | "unkept" | null;
  readonly refusal: Refusal | null;
}

export interface Keeping extends Omit<Kept, "ids"> {
  readonly kept: (id: number) => boolean;
  /** Keeps what is not kept, and drops what is. */
  readonly turn: (id: number) => void;
  /** Tries once more what was refused. */
  readonly again: () => void;
}

/** The shortlist as far as it was changed here, and what changes it. */
export function useKept({ host, call }: Reach): Keeping {
  const [now, set] = useState<Kept>({ ids: [], keeping: null, done: null, refusal: null });
  const [last, setLast] = useState<number | null>(null);
  const turn = async (id: number): Promise<void> => {
    if (now.keeping !== null) return;
    setLast(id);
    set({ ...now, keeping: id, done: null, refusal: null });
    const turned = now.ids.includes(id) ? await drop(id, call, host) : await keep(id, call, host);
    const others = now.ids.filter((each) => each !== id);
    set({ ids: turned.kept ? [...others, id] : others, keeping: null, done: turned.done, refusal: turned.refusal });
  };
  const { ids, ...rest } = now;
  return { ...rest, kept: (id) => ids.includes(id), turn: (id) => void turn(id), again: () => last !== null && void turn(last) };
}

type Turned = { kept: boolean; done: Kept["done"]; refusal: Refusal | null };

async function keep(id: number, call: Call, host: Host): Promise<Turned> {
  const outcome = await call("shortlist_property", { property_id: id });
  if (!outcome.ok) return { kept: false, done: null, refusal: outcome.refusal };
  void host.tell(`The person put property ${id} on their shortlist.`, { property_id: id, shortlisted: true });
  return { kept: true, done: outcome.answer.changed ? "isKept" : "wasKept", refusal: null };
}

const GONE = "not_shortlisted";

async function drop(id: number, call: Call, host: Host): Promise<Turned> {
  const outcome = await call("remove_from_shortlist", { property_id: id });
  // It was taken off elsewhere meanwhile, which is what was wanted.
  if (!outcome.ok && outcome.refusal.code !== GONE) return { kept: true, done: null, refusal: outcome.refusal };
  void host.tell(`The person took property ${id} off their shortlist.`, { property_id: id, shortlisted: false });
  return { kept: false, done: "unkept", refusal: null };
}
