// The queue of listings to review: the longest waiting first, each to be looked at whole before it is decided.

import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Announcement, Button, Notice } from "../lib/parts.tsx";
import { Empty, Refused } from "../lib/states.tsx";
import { type View, widget } from "../lib/widget.tsx";
import { Entry, aloud, place } from "./entry.tsx";
import { type Queue, type Submission, titled, useQueue } from "./queue.ts";
import "./queue.css";
import { say } from "./words.ts";

const VerificationQueue: View<"verification-queue"> = ({ shown, reach }) => {
  const queue = useQueue(shown, reach);
  const left = queue.items.filter((each) => !queue.settled(each));
  const opening = useOpening(queue, left);
  const asking = queue.doing === "asking";
  return (
    <section class="queue" aria-label={say("title")} aria-busy={asking}>
      <header class="top">
        <div>
          <h1 tabIndex={-1} ref={opening.head}>{say("title")}</h1>
          <p class="soft">{say("count")(left.length, queue.next !== null)}</p>
        </div>
        <Button small kind="secondary" icon="undo" busy={asking} onClick={() => queue.ask({})}>{say(asking ? "loading" : "again")}</Button>
      </header>
      <Announcement unseen>{queue.doing ? say("loading") : opening.said}</Announcement>
      {queue.afresh && <Notice>{say("afresh")}</Notice>}
      {queue.refusal && <Refused refusal={queue.refusal} reach={reach} retry={queue.retry} />}
      {queue.items.length === 0 && !queue.refusal && <Empty title={say("none")} icon="yes"><p>{say("noneLead")}</p></Empty>}
      <ol class={asking ? "dimmed" : ""}>
        {queue.items.map((each) => (
          <Entry
            key={`${each.id}:${each.submission}`} item={each} queue={queue} reach={reach} open={opening.at === each.id}
            toggle={() => opening.turn(each)} done={() => opening.on(each)}
          />
        ))}
      </ol>
      {queue.items.length > 0 && left.length === 0 && !queue.next && <Notice kind="good">{say("all")}</Notice>}
      {queue.next && !asking && (
        <div class="more"><Button kind="secondary" busy={queue.doing === "more"} onClick={queue.more}>{say(queue.doing === "more" ? "loading" : "more")}</Button></div>
      )}
    </section>
  );
};

interface Opening {
  /** The listing that is looked at. */
  readonly at: number | null;
  readonly said: string;
  readonly head: RefObject<HTMLHeadingElement | null>;
  readonly turn: (item: Submission) => void;
  /** Goes on to the next, once one is decided. */
  readonly on: (from: Submission) => void;
}

/** Which one is open: the first at the beginning, and after each decision the next. */
function useOpening(queue: Queue, left: readonly Submission[]): Opening {
  const [at, set] = useState<number | null>(left[0]?.id ?? null);
  const [from, go] = useState<Submission | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const next = from && (left.find((each) => queue.items.indexOf(each) > queue.items.indexOf(from)) ?? left[0] ?? null);
  useEffect(() => {
    if (!left.some(({ id }) => id === at)) set(left[0]?.id ?? null);
  }, [queue.items]);
  // What was pressed is gone with what it decided.
  useLayoutEffect(() => {
    if (!from) return;
    set(next?.id ?? null);
    (next ? document.getElementById(place(next)) : head.current)?.focus();
  }, [from]);
  const became = from && queue.settled(from);
  const said = became ? `${aloud(became)} ${next ? say("next")(titled(next)) : say("all")}` : "";
  return { at, said, head, turn: ({ id }) => set(at === id ? null : id), on: go };
}

widget("verification-queue", VerificationQueue);
