// Keeping a property on the shortlist, and taking it off again.

import { useState } from "preact/hooks";
import type { Call, Refusal } from "../lib/client.ts";
import type { Host } from "../lib/host.ts";
import type { Reach } from "../lib/widget.tsx";

export interface Keeping {
  readonly kept: boolean;
  readonly busy: boolean;
  /** What was done last, and what hindered it. */
  readonly done: "isKept" | "wasKept" | "unkept" | null;
  readonly refusal: Refusal | null;
  readonly turn: () => void;
}

type Now = Omit<Keeping, "turn">;

/** Whether a property is known to be on the shortlist, and what changes it. */
export function useKeeping(id: number, { host, call }: Reach): Keeping {
  const [now, set] = useState<Now>({ kept: false, busy: false, done: null, refusal: null });
  const turn = async (): Promise<void> => {
    if (now.busy) return;
    set({ ...now, busy: true, refusal: null });
    set({ busy: false, ...(now.kept ? await drop(id, call, host) : await keep(id, call, host)) });
  };
  return { ...now, turn: () => void turn() };
}

type Turned = Omit<Now, "busy">;

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
