// The inbox: what a person was told, day by day, and what they want to be told.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { day, dayKey, weekday } from "../lib/format.ts";
import { Announcement, Button, Choice, IconButton, Notice } from "../lib/parts.tsx";
import { Empty, Refused } from "../lib/states.tsx";
import { type Reach, type View, widget } from "../lib/widget.tsx";
import { Entry } from "./entry.tsx";
import "./inbox.css";
import { type List, type Message, type Query, useList } from "./list.ts";
import { Settings } from "./settings.tsx";
import { say } from "./words.ts";

const DAY = 86_400_000;
const CATEGORIES = ["transactional", "system", "marketing"] as const;

const Inbox: View<"inbox"> = ({ shown, reach }) => {
  const list = useList(shown, reach);
  const [choosing, choose] = useState(false);
  const more = useMore(list);
  const asking = list.doing === "asking";
  const { items, refusal } = list;
  return (
    <section class="inbox" aria-label={say("title")} aria-busy={asking}>
      <header class="top">
        <h1>{say("title")}</h1>
        {items.length > 0 && <Unread list={list} />}
        <IconButton icon="gear" label={say("settings")} onClick={() => choose(true)} />
      </header>
      <Filters list={list} />
      <Announcement unseen>{list.doing ? say("loading") : say("count")(items.length)}</Announcement>
      {list.afresh && <Notice>{say("afresh")}</Notice>}
      {refusal && <Refused refusal={refusal} reach={reach} retry={list.retry} />}
      {items.length === 0 && !refusal ? <Nothing list={list} /> : <Days list={list} reach={reach} dimmed={asking} />}
      {list.next && !asking && (
        <div class="more"><Button kind="secondary" busy={list.doing === "more"} onClick={more}>{say(list.doing === "more" ? "loading" : "older")}</Button></div>
      )}
      {choosing && <Settings reach={reach} close={() => choose(false)} />}
    </section>
  );
};

/** How many are unread, of all as far as that is known, and the way to have read them all. */
function Unread({ list }: { list: List }) {
  const here = list.items.filter(({ read }) => !read).length;
  const place = useRef<HTMLParagraphElement>(null);
  const pressed = useRef(false);
  useLayoutEffect(() => {
    if (here === 0 && pressed.current) place.current?.focus();
    if (here === 0) pressed.current = false;
  }, [here]);
  const all = (): void => {
    pressed.current = true;
    void list.mark("all");
  };
  return (
    <p class="standing" ref={place} tabIndex={-1}>
      <span class={here ? "badge" : "badge none"}>{say("unreadOf")(list.unread ?? here, list.unread === null && list.next !== null && here > 0)}</span>
      {here > 0 && <Button small kind="quiet" icon="yes" busy={list.marking === "all"} onClick={all}>{say("readAll")}</Button>}
    </p>
  );
}

function Filters({ list }: { list: List }) {
  const { unread, category } = list.query;
  const about = (chosen: string): void => list.ask({ category: (chosen || null) as NonNullable<Query["category"]> | null });
  return (
    <div class="filters">
      <Choice
        label={say("show")} options={[["all", say("all")], ["unread", say("unread")]]}
        value={unread ? "unread" : "all"} choose={(value) => list.ask({ unread: value === "unread" })}
      />
      <select aria-label={say("about")} value={category ?? ""} onChange={(event) => about(event.currentTarget.value)}>
        <option value="">{say("everything")}</option>
        {CATEGORIES.map((each) => <option key={each} value={each}>{say(each)}</option>)}
      </select>
    </div>
  );
}

function Nothing({ list }: { list: List }) {
  const { unread, category } = list.query;
  if (!unread && !category) return <Empty title={say("none")} icon="bell">{say("noneLead")}</Empty>;
  return (
    <Empty title={say(unread && !category ? "noneUnread" : "noneSuch")} icon="bell">
      <Button kind="secondary" onClick={() => list.ask({ unread: false, category: null })}>{say("showAll")}</Button>
    </Empty>
  );
}

function Days({ list, reach, dimmed }: { list: List; reach: Reach; dimmed: boolean }) {
  const now = Date.now();
  return (
    <div class={dimmed ? "days dimmed" : "days"}>
      {byDay(list.items).map(([key, items]) => (
        <section key={key} aria-label={dayName(key, now)}>
          <h2>{dayName(key, now)}</h2>
          <ol>{items.map((each) => <Entry key={each.id} message={each} list={list} reach={reach} />)}</ol>
        </section>
      ))}
    </div>
  );
}

/** What is older. The focus goes to the first of it, once it is there and was asked for here. */
function useMore(list: List): () => void {
  const awaited = useRef<number | null>(null);
  useEffect(() => {
    const first = awaited.current === null ? undefined : list.items[awaited.current];
    if (!first || list.doing) return;
    awaited.current = null;
    document.getElementById(`message-${first.id}`)?.focus();
  }, [list.items.length, list.doing]);
  return () => {
    awaited.current = list.items.length;
    list.more();
  };
}

function byDay(items: readonly Message[]): [string, Message[]][] {
  const days = new Map<string, Message[]>();
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

widget("inbox", Inbox);
