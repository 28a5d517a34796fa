// The listings as they are now: what was asked, what stands there, and what is being moved on.

import { useState } from "preact/hooks";
import { type Held, type Paged, usePaged } from "../lib/paged.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { ListingLine as Line, MyListings } from "../types/tools.ts";

export type { Line };
export type Status = Line["status"];
export type Query = Omit<MyListings, "cursor">;

export interface List extends Paged<Line, Query>, Held<Line, Query> {
  /** Which listing is being moved on, and to where. */
  readonly moving: { readonly id: number; readonly to: Status | "renew" } | null;
  /** What has just been done, so that it can be said where it happened. */
  readonly moved: { readonly id: number; readonly to: Status | "renew" } | null;
  /** Moves a listing on, or renews it; whether that was done. */
  move(line: Line, to: Status | "renew"): Promise<boolean>;
}

export function useList(shown: Extract<Shown<"my_listings">, { tool: "my_listings" }>, reach: Reach): List {
  const [moving, busy] = useState<List["moving"]>(null);
  const [moved, done] = useState<List["moved"]>(null);
  const begin = (): { query: Query; page: typeof shown.answer } => {
    const { cursor: _, ...query } = { ...shown.input };
    return { query, page: shown.answer };
  };
  const look = (query: Query, cursor: string | null) => reach.call("my_listings", { ...query, ...(cursor ? { cursor } : {}) });
  const list = usePaged<Line, Query>(begin, shown, look);
  const move = async (line: Line, to: Status | "renew"): Promise<boolean> => {
    if (moving) return false;
    busy({ id: line.id, to });
    list.become({ refusal: null });
    const outcome = to === "renew" ? await reach.call("renew_listing", { id: line.id }) : await reach.call("change_listing_status", { id: line.id, status: to });
    busy(null);
    if (!outcome.ok) {
      list.become({ refusal: outcome.refusal });
      return false;
    }
    const { status, possible, expires_at, expired, fixes, missing } = outcome.answer;
    const now: Line = { ...line, status, possible, expires_at, expired, missing, fixes: fixes.slice(0, 3), asked: null };
    list.become({ items: list.now().items.map((each) => (each.id === line.id ? now : each)) });
    done({ id: line.id, to });
    await reach.host.tell(`The person ${to === "renew" ? "renewed" : `set to ${to}`} listing ${line.id}.`).catch(() => undefined);
    return true;
  };
  return { ...list, moving, moved, move };
}
