// What the person watches, the newest first.

import { useLayoutEffect, useRef } from "preact/hooks";
import { Announcement, Button, Notice } from "../lib/parts.tsx";
import { Empty, Refused } from "../lib/states.tsx";
import { type View, widget } from "../lib/widget.tsx";
import { Entry, place } from "./entry.tsx";
import { type List, useList } from "./list.ts";
import "./watches.css";
import { say } from "./words.ts";

const WatchList: View<"watch-list"> = ({ shown, reach }) => {
  const list = useList(shown, reach);
  const more = useMore(list);
  return (
    <section class="watches" aria-label={say("title")}>
      <h1>{say("title")}</h1>
      <Announcement unseen>{list.doing ? say("loading") : say("count")(list.items.length)}</Announcement>
      {list.afresh && <Notice>{say("afresh")}</Notice>}
      {list.refusal && <Refused refusal={list.refusal} reach={reach} retry={list.retry} />}
      {list.items.length === 0 && !list.refusal
        ? <Empty title={say("none")} icon="bell"><p>{say("noneLead")}</p></Empty>
        : <ol>{list.items.map((each) => <Entry key={each.id} watch={each} list={list} reach={reach} />)}</ol>}
      {list.next && <div class="more"><Button kind="secondary" busy={list.doing === "more"} onClick={more}>{say(list.doing === "more" ? "loading" : "older")}</Button></div>}
    </section>
  );
};

/** What is older. The focus goes to the first of it, once it is there. */
function useMore(list: List): () => void {
  const awaited = useRef<number | null>(null);
  useLayoutEffect(() => {
    const first = awaited.current === null ? undefined : list.items[awaited.current];
    if (!first || list.doing) return;
    awaited.current = null;
    document.getElementById(place(first))?.focus();
  }, [list.items.length, list.doing]);
  return () => {
    awaited.current = list.items.length;
    list.more();
  };
}

widget("watch-list", WatchList);
