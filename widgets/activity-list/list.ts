// The list as it is now: what was asked, what was answered, and what is being looked up.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { Activity, ActivityOf, MyActivity, Page_Activity } from "../types/tools.ts";
import type { Widgets } from "../types/widgets.ts";

/** What is asked of either tool; with `person_id` it is an admin who asks about somebody. */
export type Query = Omit<MyActivity, "cursor"> & { readonly person_id?: number };

export interface Listing {
  readonly query: Query;
  readonly items: readonly Activity[];
  readonly next: string | null;
  /** What is being looked up: another question, or what was before. */
  readonly doing: "asking" | "more" | null;
  readonly refusal: Refusal | null;
  /** Whether it began again, since its place was lost. */
  readonly afresh: boolean;
}

export interface List extends Listing {
  ask(change: Partial<Query>): void;
  more(): void;
  retry(): void;
  /** Shows one as it is now, and whatever was done since. */
  changed(activity: Activity): void;
}

type Given = Shown<Widgets["activity-list"]>;

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
  const look = async (query: Query, cursor: string | null, took: (page: Page_Activity) => void): Promise<void> => {
    const turn = ++asked.current;
    become({ query, doing: cursor ? "more" : "asking", refusal: null, afresh: false });
    const outcome = await page(reach, query, cursor);
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
  const changed = (activity: Activity): void => {
    become({ items: latest.current.items.map((each) => (each.id === activity.id ? activity : each)) });
    void page(reach, latest.current.query, null).then((outcome) => {
      if (outcome.ok) become({ items: joined(outcome.answer.items, latest.current.items) });
    });
  };
  return { ...listing, ask, more, changed, retry: () => (latest.current.items.length > 0 && latest.current.next ? more() : ask({})) };
}

function page({ call }: Reach, query: Query, cursor: string | null) {
  const { person_id, ...mine } = query;
  const on = cursor ? { cursor } : {};
  return person_id === undefined ? call("my_activity", { ...mine, ...on }) : call("activity_of", { ...mine, ...on, person_id });
}

function begun(shown: Given): Listing {
  const { cursor: _, ...query } = { ...(shown.input as ActivityOf & MyActivity) };
  return { query, ...read(shown.answer), doing: null, refusal: null, afresh: false };
}

const read = (answer: Page_Activity): Pick<Listing, "items" | "next"> => ({ items: answer.items, next: answer.next_cursor });

/** Both lists, each activity once: as the first has it. */
function joined(first: readonly Activity[], second: readonly Activity[]): Activity[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
}

/** Who looks at their own list: everything in it was done by them, or to them. */
export function viewer(items: readonly Activity[]): number | null {
  const whole = items.map(({ person_id, whose_id }) => [person_id, whose_id].filter((id) => id !== null));
  const [first = [], ...rest] = whole;
  const common = first.filter((id) => rest.every((ids) => ids.includes(id)));
  return common.length === 1 ? (common[0] ?? null) : null;
}
