// The inbox: what a person was told, day by day, and what they want to be told.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Days, Older } from "../lib/days.tsx";
import { Announcement, Button, Choice, IconButton, Notice } from "../lib/parts.tsx";
import { Empty, Refused } from "../lib/states.tsx";
import { type View, widget } from "../lib/widget.tsx";
import { Entry } from "./entry.tsx";
import "./inbox.css";
import { type List, type Message, type Query, useList } from "./list.ts";
import { Settings } from "./settings.tsx";
import { say } from "./words.ts";

const CATEGORIES = ["transactional", "system", "marketing"] as const;

const Inbox: View<"inbox"> = ({ shown, reach }) => {
  const list = useList(shown, reach);
  const [choosing, choose] = useState(false);
  const asking = list.doing === "asking";
  const { items, refusal } = list;
  const entry = (each: Message) => <Entry key={each.id} message={each} list={list} reach={reach} />;
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
      {items.length === 0 && !refusal ? <Nothing list={list} /> : <Days items={items} now={Date.now()} dimmed={asking} each={entry} />}
      <Older list={list} named="message" older={say("older")} loading={say("loading")} />
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

widget("inbox", Inbox);
