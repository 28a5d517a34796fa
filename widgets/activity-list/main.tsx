// What was done in a person's name, day by day, and how to take it back.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { day, dayKey, weekday } from "../lib/format.ts";
import { Announcement, Button, Chip, Notice } from "../lib/parts.tsx";
import { Empty, Refused } from "../lib/states.tsx";
import { subjectName } from "../lib/told.ts";
import { type Reach, type View, widget } from "../lib/widget.tsx";
import type { Activity } from "../types/tools.ts";
import "./activity.css";
import { Entry } from "./entry.tsx";
import { Filters } from "./filters.tsx";
import { type List, useList, viewer } from "./list.ts";
import { say } from "./words.ts";

const DAY = 86_400_000;

const ActivityList: View<"activity-list"> = ({ shown, reach }) => {
  const list = useList(shown, reach);
  const { person_id: person, subject } = list.query;
  const more = useMore(list);
  const asking = list.doing === "asking";
  return (
    <section class="activity" aria-label={person === undefined ? say("mine") : say("of")(person)} aria-busy={asking}>
      <header>
        <h1>{person === undefined ? say("mine") : say("of")(person)}</h1>
        <Filters list={list} />
      </header>
      {subject && <Chip remove={() => list.ask({ subject: null })}>{say("about")(subjectName(subject).text)}</Chip>}
      <Announcement unseen>{list.doing ? say("loading") : say("count")(list.items.length)}</Announcement>
      {list.afresh && <Notice>{say("afresh")}</Notice>}
      {list.refusal && <Refused refusal={list.refusal} reach={reach} retry={list.retry} />}
      {list.items.length === 0 && !list.refusal ? <Nothing list={list} /> : <Days list={list} reach={reach} dimmed={asking} />}
      {list.next && !asking && (
        <div class="more"><Button kind="secondary" busy={list.doing === "more"} onClick={more}>{say(list.doing === "more" ? "loading" : "older")}</Button></div>
      )}
    </section>
  );
};

function Nothing({ list }: { list: List }) {
  const { tool, subject, since, until } = list.query;
  if (!tool && !subject && !since && !until) return <Empty title={say("none")} icon="clock">{say("noneLead")}</Empty>;
  return (
    <Empty title={say("noneSuch")} icon="clock">
      <Button kind="secondary" onClick={() => list.ask({ tool: null, subject: null, since: null, until: null })}>{say("forget")}</Button>
    </Empty>
  );
}

function Days({ list, reach, dimmed }: { list: List; reach: Reach; dimmed: boolean }) {
  const now = useNow(list.items);
  const admin = list.query.person_id !== undefined;
  const whose = list.query.person_id ?? viewer(list.items);
  return (
    <div class={dimmed ? "days dimmed" : "days"}>
      {byDay(list.items).map(([key, items]) => (
        <section key={key} aria-label={dayName(key, now)}>
          <h2>{dayName(key, now)}</h2>
          <ol>
            {items.map((each) => <Entry key={each.id} activity={each} whose={whose} admin={admin} now={now} reach={reach} changed={list.changed} />)}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** What was before. The focus goes to the first of it, once it is there and was asked for here. */
function useMore(list: List): () => void {
  const awaited = useRef<number | null>(null);
  useLayoutEffect(() => {
    const first = awaited.current === null ? undefined : list.items[awaited.current];
    if (!first || list.doing) return;
    awaited.current = null;
    document.getElementById(`activity-${first.id}`)?.focus();
  }, [list.items.length, list.doing]);
  return () => {
    awaited.current = list.items.length;
    list.more();
  };
}

function byDay(items: readonly Activity[]): [string, Activity[]][] {
  const days = new Map<string, Activity[]>();
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

/** The time, anew whenever something can no longer be taken back. */
function useNow(items: readonly Activity[]): number {
  const [now, set] = useState(Date.now);
  const ends = items.filter(({ undo }) => undo === "possible").map(({ undo_until }) => Date.parse(undo_until ?? "")).filter((end) => end > now);
  const next = Math.min(...ends, now + DAY / 2);
  useEffect(() => {
    const timer = setTimeout(() => set(Date.now()), Math.max(next - Date.now(), 0) + 50);
    return () => clearTimeout(timer);
  }, [next]);
  return now;
}

widget("activity-list", ActivityList);
