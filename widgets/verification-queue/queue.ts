// The queue as it is now: what waits, what was decided here, and what was decided by others meanwhile.

import { useState } from "preact/hooks";
import { type Refusal, UNREADABLE } from "../lib/client.ts";
import { type Paged, usePaged } from "../lib/paged.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { ListReviewQueue, ReviewListing, Submission } from "../types/tools.ts";
import { say } from "./words.ts";

export type { Submission };
export type Decision = ReviewListing["decision"];

/** What became of a submission, and the words that go with it. */
export interface Settled {
  readonly how: Decision | "elsewhere";
  readonly said: string;
}

/** What a listing is called. */
export const titled = ({ id, form }: Submission): string => form.title ?? say("untitled")(id);

type Query = Omit<ListReviewQueue, "cursor">;

export interface Queue extends Paged<Submission, Query> {
  settled(of: Submission): Settled | null;
  /** Decides; the refusal where it was not done and still can be. */
  decide(of: Submission, decision: Decision, reason: string): Promise<Refusal | null>;
}

/** Somebody was faster, or what was looked at is not what stands there now. */
const LATE = ["decided", "nothing_to_review"];
const TOLD: Readonly<Record<Decision, string>> = { approve: "approved", ask_for_changes: "asked for changes to", reject: "rejected" };

const key = ({ id, submission }: Submission): string => `${id}:${submission}`;

export function useQueue(shown: Shown<"list_review_queue">, { call, host }: Reach): Queue {
  const [settled, settle] = useState<ReadonlyMap<string, Settled>>(new Map());
  const begin = (): { query: Query; page: typeof shown.answer } => {
    const { cursor: _, ...query } = { ...shown.input };
    return { query, page: shown.answer };
  };
  const look = (query: Query, cursor: string | null) => call("list_review_queue", { ...query, ...(cursor ? { cursor } : {}) });
  const list = usePaged<Submission, Query>(begin, shown, look);
  const ends = (of: Submission, became: Settled): void => settle((before) => new Map(before).set(key(of), became));
  const decide = async (of: Submission, decision: Decision, reason: string): Promise<Refusal | null> => {
    const { id, submission } = of;
    const outcome = await call("review_listing", { id, submission, decision, ...(reason ? { reason } : {}) });
    if (!outcome.ok && LATE.includes(outcome.refusal.code)) {
      ends(of, { how: "elsewhere", said: outcome.refusal.message });
      return null;
    }
    // Without its structured part an answer is still one: it was done.
    if (!outcome.ok && outcome.refusal.code !== UNREADABLE) return outcome.refusal;
    ends(of, { how: decision, said: reason });
    void host.tell(`The person ${TOLD[decision]} listing ${id} (submission ${submission}).`, { listing_id: id, decision }).catch(() => undefined);
    return null;
  };
  return { ...list, settled: (of) => settled.get(key(of)) ?? null, decide };
}
