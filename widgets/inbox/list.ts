// The inbox as it is now: what was asked, what stands in it, and what is being looked up or marked.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { ListNotifications, Notification as Message, Page_Notification } from "../types/tools.ts";
import type { Widgets } from "../types/widgets.ts";

export type { Message };
export type Query = Omit<ListNotifications, "cursor">;

export interface Listing {
  readonly query: Query;
  readonly items: readonly Message[];
  readonly next: string | null;
  /** What is being looked up: another question, or what is older. */
  readonly doing: "asking" | "more" | null;
  /** What is being marked as read: one, or all. */
  readonly marking: number | "all" | null;
  /** How many are unread in all, where an answer said so. */
  readonly unread: number | null;
  readonly refusal: Refusal | null;
  /** Whether it began again, since its place was lost. */
  readonly afresh: boolean;
}

export interface List extends Listing {
  ask(change: Partial<Query>): void;
  more(): void;
  retry(): void;
  /** Marks one as read, or all; whether that was done. */
  mark(which: Message | "all"): Promise<boolean>;
}

type Given = Shown<Widgets["inbox"]>;

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
  const look = async (query: Query, cursor: string | null, took: (page: Page_Notification) => void): Promise<void> => {
    const turn = ++asked.current;
    become({ query, doing: cursor ? "more" : "asking", refusal: null, afresh: false });
    const outcome = await reach.call("list_notifications", { ...query, ...(cursor ? { cursor } : {}) });
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
  const mark = async (which: Message | "all"): Promise<boolean> => {
    if (latest.current.marking !== null) return false;
    become({ marking: which === "all" ? "all" : which.id, refusal: null });
    const outcome = await reach.call("mark_notifications_read", which === "all" ? { all: true } : { ids: [which.id] });
    become({ marking: null });
    if (!outcome.ok) {
      become({ refusal: outcome.refusal });
      return false;
    }
    const done = (each: Message): Message => (which === "all" || each.id === which.id ? { ...each, read: true } : each);
    become({ items: latest.current.items.map(done), unread: outcome.answer.unread });
    await reach.host.tell(`The person marked ${which === "all" ? "all notifications" : `notification ${which.id}`} as read.`).catch(() => undefined);
    return true;
  };
  return { ...listing, ask, more, mark, retry: () => (latest.current.items.length > 0 && latest.current.next ? more() : ask({})) };
}

/** What is asked from here on is asked in the language of what stands here. */
function begun(shown: Given): Listing {
  const { cursor: _, ...query } = { ...shown.input };
  const [first] = shown.answer.items;
  const language = query.language ?? (first ? languageOf(first.title) : null);
  return { query: { ...query, language }, ...read(shown.answer), doing: null, marking: null, refusal: null, afresh: false };
}

const read = (answer: Page_Notification): Pick<Listing, "items" | "next" | "unread"> => ({ items: answer.items, next: answer.next_cursor, unread: null });

/** Both lists, each message once. */
function joined(first: readonly Message[], second: readonly Message[]): Message[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
}
