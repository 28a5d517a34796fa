// The inbox as it is now: what was asked, what stands in it, and what is being looked up or marked.

import { useRef, useState } from "preact/hooks";
import { type Paged, usePaged } from "../lib/paged.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { ListNotifications, Notification as Message, Page_Notification } from "../types/tools.ts";
import type { Widgets } from "../types/widgets.ts";

export type { Message };
export type Query = Omit<ListNotifications, "cursor">;

export interface List extends Paged<Message, Query> {
  /** What is being marked as read: one, or all. */
  readonly marking: number | "all" | null;
  /** How many are unread in all, where an answer said so. */
  readonly unread: number | null;
  /** Marks one as read, or all; whether that was done. */
  mark(which: Message | "all"): Promise<boolean>;
}

type Given = Shown<Widgets["inbox"]>;

export function useList(shown: Given, reach: Reach): List {
  const [marking, setMarking] = useState<number | "all" | null>(null);
  const busy = useRef(false);
  const [unread, setUnread] = useState<number | null>(null);
  const look = (query: Query, cursor: string | null) => reach.call("list_notifications", { ...query, ...(cursor ? { cursor } : {}) });
  const list = usePaged<Message, Query>(() => begun(shown), shown, look, () => setUnread(null));
  const mark = async (which: Message | "all"): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    setMarking(which === "all" ? "all" : which.id);
    list.become({ refusal: null });
    const outcome = await reach.call("mark_notifications_read", which === "all" ? { all: true } : { ids: [which.id] });
    busy.current = false;
    setMarking(null);
    if (!outcome.ok) {
      list.become({ refusal: outcome.refusal });
      return false;
    }
    const done = (each: Message): Message => (which === "all" || each.id === which.id ? { ...each, read: true } : each);
    list.become({ items: list.now().items.map(done) });
    setUnread(outcome.answer.unread);
    await reach.host.tell(`The person marked ${which === "all" ? "all notifications" : `notification ${which.id}`} as read.`).catch(() => undefined);
    return true;
  };
  return { ...list, marking, unread, mark };
}

/** What is asked from here on is asked in the language of what stands here. */
function begun(shown: Given): { query: Query; page: Page_Notification } {
  const { cursor: _, ...query } = { ...shown.input };
  const [first] = shown.answer.items;
  const language = query.language ?? (first ? languageOf(first.title) : null);
  return { query: { ...query, language }, page: shown.answer };
}
