// The list as it is now: what was asked, what was answered, and what is being looked up.

import { joined, type Paged, usePaged } from "../lib/paged.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { Activity, ActivityOf, MyActivity } from "../types/tools.ts";
import type { Widgets } from "../types/widgets.ts";

/** What is asked of either tool; with `person_id` it is an admin who asks about somebody. */
export type Query = Omit<MyActivity, "cursor"> & { readonly person_id?: number };

export interface List extends Paged<Activity, Query> {
  /** Shows one as it is now, and whatever was done since. */
  changed(activity: Activity): void;
}

type Given = Shown<Widgets["activity-list"]>;

export function useList(shown: Given, reach: Reach): List {
  const list = usePaged<Activity, Query>(() => begun(shown), shown, (query, cursor) => page(reach, query, cursor));
  const changed = (activity: Activity): void => {
    list.become({ items: list.now().items.map((each) => (each.id === activity.id ? activity : each)) });
    void page(reach, list.now().query, null).then((outcome) => {
      if (outcome.ok) list.become({ items: joined(outcome.answer.items, list.now().items) });
    });
  };
  return { ...list, changed };
}

function page({ call }: Reach, query: Query, cursor: string | null) {
  const { person_id, ...mine } = query;
  const on = cursor ? { cursor } : {};
  return person_id === undefined ? call("my_activity", { ...mine, ...on }) : call("activity_of", { ...mine, ...on, person_id });
}

function begun(shown: Given) {
  const { cursor: _, ...query } = { ...(shown.input as ActivityOf & MyActivity) };
  return { query, page: shown.answer };
}

/** Who looks at their own list: everything in it was done by them, or to them. */
export function viewer(items: readonly Activity[]): number | null {
  const whole = items.map(({ person_id, whose_id }) => [person_id, whose_id].filter((id) => id !== null));
  const [first = [], ...rest] = whole;
  const common = first.filter((id) => rest.every((ids) => ids.includes(id)));
  return common.length === 1 ? (common[0] ?? null) : null;
}
