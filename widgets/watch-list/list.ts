// The watches as they are now, and what is being changed about one.

import { useState } from "preact/hooks";
import { type Held, type Paged, usePaged } from "../lib/paged.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { ListWatches, ShownWatch, UpdateWatch } from "../types/tools.ts";

export type Watch = ShownWatch;
export type Change = Omit<UpdateWatch, "id" | "name">;
type Query = Omit<ListWatches, "cursor">;

export interface List extends Paged<Watch, Query>, Held<Watch, Query> {
  /** The watch that is being changed, and the one that was changed last. */
  readonly changing: number | null;
  readonly changed: number | null;
  change(watch: Watch, how: Change, told: string): Promise<void>;
}

export function useList(shown: Shown<"list_watches">, { call, host }: Reach): List {
  const [changing, busy] = useState<number | null>(null);
  const [changed, done] = useState<number | null>(null);
  const begin = (): { query: Query; page: typeof shown.answer } => {
    const { cursor: _, ...query } = { ...shown.input };
    return { query, page: shown.answer };
  };
  const list = usePaged<Watch, Query>(begin, shown, (query, cursor) => call("list_watches", { ...query, ...(cursor ? { cursor } : {}) }));
  const change = async (watch: Watch, how: Change, told: string): Promise<void> => {
    if (changing !== null) return;
    busy(watch.id);
    done(null);
    list.become({ refusal: null });
    const outcome = await call("update_watch", { id: watch.id, ...how });
    busy(null);
    if (!outcome.ok) return list.become({ refusal: outcome.refusal });
    const { state, often, snoozed_until, median } = outcome.answer;
    list.become({ items: list.now().items.map((each) => (each.id === watch.id ? { ...each, state, often, snoozed_until, median } : each)) });
    done(watch.id);
    void host.tell(`The person ${told} watch ${watch.id}.`, { watch_id: watch.id, ...how }).catch(() => undefined);
  };
  return { ...list, changing, changed, change };
}
