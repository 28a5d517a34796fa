// The visits of a person: those ahead and those that were, that they make or show to others.

import { useEffect, useRef } from "preact/hooks";
import { Announcement, Button, Choice, Notice } from "../lib/parts.tsx";
import { Empty, Refused } from "../lib/states.tsx";
import { type Reach, type View, widget } from "../lib/widget.tsx";
import { Entry } from "./entry.tsx";
import { type List, useList } from "./list.ts";
import "./visits.css";
import { say } from "./words.ts";

const VisitList: View<"visit-list"> = ({ shown, reach }) => {
  const list = useList(shown, reach);
  const more = useMore(list);
  const asking = list.doing === "asking";
  return (
    <section class="visits" aria-label={say("title")} aria-busy={asking}>
      <h1>{say("title")}</h1>
      <Filters list={list} />
      <Announcement unseen>{list.doing ? say("loading") : say("count")(list.items.length)}</Announcement>
      {list.afresh && <Notice>{say("afresh")}</Notice>}
      {list.refusal && <Refused refusal={list.refusal} reach={reach} retry={list.retry} />}
      {list.items.length === 0 && !list.refusal ? <Nothing list={list} /> : <Entries list={list} reach={reach} dimmed={asking} />}
      {list.next && !asking && (
        <div class="more"><Button kind="secondary" busy={list.doing === "more"} onClick={more}>{say(list.doing === "more" ? "loading" : "older")}</Button></div>
      )}
    </section>
  );
};

function Filters({ list }: { list: List }) {
  const { side, when } = list.query;
  return (
    <div class="filters">
      <Choice label={say("side")} options={[["visitor", say("visitor")], ["host", say("host")]]} value={side ?? "visitor"} choose={(value) => list.ask({ side: value })} />
      <Choice
        label={say("when")} options={[["ahead", say("ahead")], ["past", say("past")]]} value={(when ?? "") as "ahead" | "past"}
        choose={(value) => list.ask({ when: value, status: null })}
      />
    </div>
  );
}

function Nothing({ list: { query } }: { list: List }) {
  if (query.side === "host") return <Empty title={say("noneHost")} icon="calendar" />;
  if (query.when === "past") return <Empty title={say("nonePast")} icon="calendar" />;
  return <Empty title={say("noneAhead")} icon="calendar">{say("noneAheadLead")}</Empty>;
}

function Entries({ list, reach, dimmed }: { list: List; reach: Reach; dimmed: boolean }) {
  return <ol class={dimmed ? "dimmed" : ""}>{list.items.map((each) => <Entry key={each.id} visit={each} list={list} reach={reach} />)}</ol>;
}

/** What comes after. The focus goes to the first of it, once it is there and was asked for here. */
function useMore(list: List): () => void {
  const awaited = useRef<number | null>(null);
  useEffect(() => {
    const first = awaited.current === null ? undefined : list.items[awaited.current];
    if (!first || list.doing) return;
    awaited.current = null;
    document.getElementById(`visit-${first.id}`)?.focus();
  }, [list.items.length, list.doing]);
  return () => {
    awaited.current = list.items.length;
    list.more();
  };
}

widget("visit-list", VisitList);
