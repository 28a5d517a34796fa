// What was done in a person's name, day by day, and how to take it back.

import { useEffect, useState } from "preact/hooks";
import { Days, Older } from "../lib/days.tsx";
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
      {list.items.length === 0 && !list.refusal ? <Nothing list={list} /> : <Activities list={list} reach={reach} dimmed={asking} />}
      <Older list={list} named="activity" older={say("older")} loading={say("loading")} />
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

function Activities({ list, reach, dimmed }: { list: List; reach: Reach; dimmed: boolean }) {
  const now = useNow(list.items);
  const admin = list.query.person_id !== undefined;
  const whose = list.query.person_id ?? viewer(list.items);
  const entry = (each: Activity) => <Entry key={each.id} activity={each} whose={whose} admin={admin} now={now} reach={reach} changed={list.changed} />;
  return <Days items={list.items} now={now} dimmed={dimmed} each={entry} />;
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
