// A list by days, the newest first, and the way to what is older.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { day, dayKey, weekday } from "./format.ts";
import type { Paged } from "./paged.ts";
import { Button } from "./parts.tsx";
import { dictionary } from "./words.ts";

const DAY = 86_400_000;
const say = dictionary({ today: "Today", yesterday: "Yesterday" }, { today: "आज", yesterday: "कल" });

interface Dated {
  readonly id: number;
  readonly at: string;
}

/** The items under their days; `each` shows one. */
export function Days<I extends Dated>({ items, now, dimmed, each }: { items: readonly I[]; now: number; dimmed: boolean; each: (item: I) => ComponentChildren }) {
  return (
    <div class={dimmed ? "days dimmed" : "days"}>
      {byDay(items).map(([key, those]) => (
        <section key={key} aria-label={dayName(key, now)}>
          <h2>{dayName(key, now)}</h2>
          <ol>{those.map(each)}</ol>
        </section>
      ))}
    </div>
  );
}

/** The button to what is older. The focus goes to the first of it, whose element `named` names, once it is there. */
export function Older<I extends Dated, Q>({ list, named, older, loading }: { list: Paged<I, Q>; named: string; older: string; loading: string }) {
  const awaited = useRef<number | null>(null);
  useLayoutEffect(() => {
    const first = awaited.current === null ? undefined : list.items[awaited.current];
    if (!first || list.doing) return;
    awaited.current = null;
    document.getElementById(`${named}-${first.id}`)?.focus();
  }, [list.items.length, list.doing]);
  if (!list.next || list.doing === "asking") return null;
  const more = (): void => {
    awaited.current = list.items.length;
    list.more();
  };
  const busy = list.doing === "more";
  return <div class="more"><Button kind="secondary" busy={busy} onClick={more}>{busy ? loading : older}</Button></div>;
}

function byDay<I extends Dated>(items: readonly I[]): [string, I[]][] {
  const days = new Map<string, I[]>();
  for (const each of items) {
    const key = dayKey(each.at);
    days.set(key, [...(days.get(key) ?? []), each]);
  }
  return [...days];
}

function dayName(key: string, now: number): string {
  const near = key === dayKey(new Date(now)) ? say("today") : key === dayKey(new Date(now - DAY)) ? say("yesterday") : weekday(key);
  return `${near}, ${day(key)}`;
}
