// The list of visits as it is now: what was asked, what stands in it, and what is being looked up.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { ListMyVisits, Page_Visit, Visit } from "../types/tools.ts";
import type { Widgets } from "../types/widgets.ts";

export type { Visit };
export type Query = Omit<ListMyVisits, "cursor">;

export interface Listing {
  readonly query: Query;
  readonly items: readonly Visit[];
  readonly next: string | null;
  readonly doing: "asking" | "more" | null;
  readonly refusal: Refusal | null;
  readonly afresh: boolean;
}

export interface List extends Listing {
  ask(change: Partial<Query>): void;
  more(): void;
  retry(): void;
  /** Shows a visit as it has become, and lets the model know. */
  became(visit: Visit, told: string): void;
  /** Looks everything up again, after what was decided elsewhere. */
  again(told: string): void;
}

type Given = Shown<Widgets["visit-list"]>;
const LOST = "bad_cursor";

export function useList(shown: Given, reach: Reach): List {
  const [listing, set] = useState<Listing>(() => begun(shown));
  const latest = useRef(listing);
  const asked = useRef(0);
  const become = (change: Partial<Listing>): void => {
    latest.current = { ...latest.current, ...change };
    set(latest.current);
  };
  useEffect(() => {
    asked.current += 1;
    become(begun(shown));
  }, [shown]);
  // The answer to a question that is not asked any more comes too late.
  const look = async (query: Query, cursor: string | null, took: (page: Page_Visit) => void): Promise<void> => {
    const turn = ++asked.current;
    become({ query, doing: cursor ? "more" : "asking", refusal: null, afresh: false });
    const outcome = await reach.call("list_my_visits", { ...query, ...(cursor ? { cursor } : {}) });
    if (turn !== asked.current) return;
    become({ doing: null });
    if (outcome.ok) took(outcome.answer);
    else if (outcome.refusal.code === LOST && cursor) await look(query, null, (answer) => become({ ...read(answer), afresh: true }));
    else become({ refusal: outcome.refusal });
  };
  const ask = (change: Partial<Query>): void => void look({ ...latest.current.query, ...change }, null, (answer) => become(read(answer)));
  const more = (): void => {
    const { query, next, doing } = latest.current;
    if (next && !doing) void look(query, next, (answer) => become({ items: joined(latest.current.items, answer.items), next: answer.next_cursor }));
  };
  const tell = (told: string): void => void reach.host.tell(told).catch(() => undefined);
  const became = (visit: Visit, told: string): void => {
    become({ items: latest.current.items.map((each) => (each.id === visit.id ? visit : each)) });
    tell(told);
  };
  const again = (told: string): void => {
    ask({});
    tell(told);
  };
  return { ...listing, ask, more, became, again, retry: () => (latest.current.items.length > 0 && latest.current.next ? more() : ask({})) };
}

function begun(shown: Given): Listing {
  const { cursor: _, ...query } = { ...shown.input };
  const side = query.side ?? shown.answer.items[0]?.side ?? "visitor";
  return { query: { ...query, side }, ...read(shown.answer), doing: null, refusal: null, afresh: false };
}

const read = (answer: Page_Visit): Pick<Listing, "items" | "next"> => ({ items: answer.items, next: answer.next_cursor });

/** Both lists, each visit once. */
function joined(first: readonly Visit[], second: readonly Visit[]): Visit[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
}
