// The board of whoever offers something: their listings, what to do about each, and how it fares.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Announcement, Button, Notice } from "../lib/parts.tsx";
import { Empty, Refused } from "../lib/states.tsx";
import { type Reach, type View, widget } from "../lib/widget.tsx";
import "./board.css";
import { Entry } from "./entry.tsx";
import { Fares } from "./fares.tsx";
import { type List, type Status, useList } from "./list.ts";
import { say } from "./words.ts";

const SHOWN = ["draft", "review", "live", "paused", "rented", "sold", "archived"] as const;

const OwnerBoard: View<"owner-board"> = ({ shown, reach }) => {
  if (shown.tool === "listing_insights") return <section class="board" aria-label={say("title")}><Fares insights={shown.answer} reach={reach} alone /></section>;
  return <Board shown={shown} reach={reach} />;
};

function Board({ shown, reach }: { shown: Parameters<typeof useList>[0]; reach: Reach }) {
  const list = useList(shown, reach);
  const [opened, open] = useState<number | null>(null);
  const more = useMore(list);
  const asking = list.doing === "asking";
  return (
    <section class="board" aria-label={say("title")} aria-busy={asking}>
      <header class="top">
        <h1>{say("title")}</h1>
        <select aria-label={say("state")} value={list.query.status ?? ""} onChange={(event) => list.ask({ status: (event.currentTarget.value || null) as Status | null })}>
          <option value="">{say("current")}</option>
          {SHOWN.map((each) => <option key={each} value={each}>{say(each)}</option>)}
        </select>
      </header>
      <Announcement unseen>{list.doing ? say("loading") : say("count")(list.items.length)}</Announcement>
      {list.afresh && <Notice>{say("afresh")}</Notice>}
      {list.refusal && <Refused refusal={list.refusal} reach={reach} retry={list.retry} />}
      {list.items.length === 0 && !list.refusal ? <Nothing list={list} /> : (
        <ol class={asking ? "dimmed" : ""}>
          {list.items.map((each) => (
            <Entry key={each.id} line={each} list={list} reach={reach} open={opened === each.id} toggle={() => open(opened === each.id ? null : each.id)} />
          ))}
        </ol>
      )}
      {list.next && !asking && (
        <div class="more"><Button kind="secondary" busy={list.doing === "more"} onClick={more}>{say(list.doing === "more" ? "loading" : "older")}</Button></div>
      )}
    </section>
  );
}

function Nothing({ list }: { list: List }) {
  if (!list.query.status) return <Empty title={say("none")} icon="plus">{say("noneLead")}</Empty>;
  return (
    <Empty title={say("noneSuch")} icon="list">
      <Button kind="secondary" onClick={() => list.ask({ status: null })}>{say("showAll")}</Button>
    </Empty>
  );
}

/** What is older. The focus goes to the first of it, once it is there and was asked for here. */
function useMore(list: List): () => void {
  const awaited = useRef<number | null>(null);
  useLayoutEffect(() => {
    const first = awaited.current === null ? undefined : list.items[awaited.current];
    if (!first || list.doing) return;
    awaited.current = null;
    document.getElementById(`listing-${first.id}`)?.focus();
  }, [list.items.length, list.doing]);
  return () => {
    awaited.current = list.items.length;
    list.more();
  };
}

widget("owner-board", OwnerBoard);
