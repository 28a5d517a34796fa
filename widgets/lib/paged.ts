// A list that is read page by page: what was asked, what stands in it, and what is being looked up.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "./client.ts";

interface Item {
  readonly id: number;
}

export interface Page<I> {
  readonly items: readonly I[];
  readonly next_cursor: string | null;
}

export interface Listing<I, Q> {
  readonly query: Q;
  readonly items: readonly I[];
  readonly next: string | null;
  /** What is being looked up: another question, or what was before. */
  readonly doing: "asking" | "more" | null;
  readonly refusal: Refusal | null;
  /** Whether it began again, since its place was lost. */
  readonly afresh: boolean;
}

export interface Paged<I, Q> extends Listing<I, Q> {
  ask(change: Partial<Q>): void;
  more(): void;
  retry(): void;
}

/** What a view does to its list besides. */
export interface Held<I, Q> {
  now(): Listing<I, Q>;
  become(change: Partial<Pick<Listing<I, Q>, "items" | "refusal">>): void;
}

type Looked<I> = { readonly ok: true; readonly answer: Page<I> } | { readonly ok: false; readonly refusal: Refusal };

const LOST = "bad_cursor";

/** The list that began with a page, and looks up others; `anew` is told of each answer to a whole question. */
export function usePaged<I extends Item, Q>(
  begin: () => { query: Q; page: Page<I> }, shown: unknown, look: (query: Q, cursor: string | null) => Promise<Looked<I>>, anew?: () => void,
): Paged<I, Q> & Held<I, Q> {
  const [listing, set] = useState<Listing<I, Q>>(() => begun(begin()));
  const latest = useRef(listing);
  const asked = useRef(0);
  const become = (change: Partial<Listing<I, Q>>): void => {
    latest.current = { ...latest.current, ...change };
    set(latest.current);
  };
  useEffect(() => {
    asked.current += 1;
    become(begun(begin()));
    anew?.();
  }, [shown]);
  const whole = (page: Page<I>, more?: Partial<Listing<I, Q>>): void => {
    become({ ...read(page), ...more });
    anew?.();
  };

  // The answer to a question that is not asked any more comes too late.
  const find = async (query: Q, cursor: string | null, took: (page: Page<I>) => void): Promise<void> => {
    const turn = ++asked.current;
    become({ query, doing: cursor ? "more" : "asking", refusal: null, afresh: false });
    const outcome = await look(query, cursor);
    if (turn !== asked.current) return;
    become({ doing: null });
    if (outcome.ok) took(outcome.answer);
    else if (outcome.refusal.code === LOST && cursor) await find(query, null, (page) => whole(page, { afresh: true }));
    else become({ refusal: outcome.refusal });
  };
  const ask = (change: Partial<Q>): void => void find({ ...latest.current.query, ...change }, null, whole);
  const more = (): void => {
    const { query, next, doing } = latest.current;
    if (next && !doing) void find(query, next, (page) => become({ items: joined(latest.current.items, page.items), next: page.next_cursor }));
  };
  const retry = (): void => (latest.current.items.length > 0 && latest.current.next ? more() : ask({}));
  return { ...listing, ask, more, retry, become, now: () => latest.current };
}

const begun = <I, Q>({ query, page }: { query: Q; page: Page<I> }): Listing<I, Q> => ({ query, ...read(page), doing: null, refusal: null, afresh: false });

const read = <I>(page: Page<I>): { items: readonly I[]; next: string | null } => ({ items: page.items, next: page.next_cursor });

/** Both lists, each item once: as the first has it. */
export function joined<I extends Item>(first: readonly I[], second: readonly I[]): I[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
}
