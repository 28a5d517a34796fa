// Deciding about a listing: first which way, then the words for its owner, then once more.

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { fixed } from "../lib/looked-words.ts";
import { Button, Row } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { say as common } from "../lib/words.ts";
import { type Decision, type Queue, type Submission, titled } from "./queue.ts";
import { say } from "./words.ts";

const WAYS: readonly Decision[] = ["approve", "ask_for_changes", "reject"];
const KINDS = { approve: "primary", ask_for_changes: "secondary", reject: "danger" } as const;
const ICONS = { approve: "yes", ask_for_changes: "undo", reject: "no" } as const;
const LEAST = 3;
const MOST = 1000;

interface Props {
  readonly item: Submission;
  readonly queue: Queue;
  readonly reach: Reach;
  readonly done: () => void;
}

export function Deciding({ item, queue, reach, done }: Props) {
  const [way, choose] = useState<Decision | null>(null);
  const row = useRef<HTMLDivElement>(null);
  const left = useRef<Decision | null>(null);
  const title = titled(item);
  // The button that led in takes the focus back.
  useLayoutEffect(() => {
    if (way === null && left.current) row.current?.querySelectorAll("button")[WAYS.indexOf(left.current)]?.focus();
    left.current = way;
  }, [way]);
  return (
    <section class="deciding" aria-label={say("of")(say("decide"), title)} ref={row}>
      {way === null
        ? (
          <Row>
            {WAYS.map((each) => (
              <Button key={each} kind={each === "reject" ? "quiet" : KINDS[each]} icon={ICONS[each]} label={say("of")(say(each), title)} onClick={() => choose(each)}>
                {say(each)}
              </Button>
            ))}
          </Row>
        )
        : <Words way={way} item={item} queue={queue} reach={reach} done={done} back={() => choose(null)} />}
    </section>
  );
}

/** The words for its owner: what must change and why it is rejected are needed. */
function Words({ way, item, queue, reach, done, back }: Props & { way: Decision; back: () => void }) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, write] = useState("");
  const [lacks, lack] = useState(false);
  const [busy, work] = useState(false);
  const [refusal, refuse] = useState<Refusal | null>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const said = text.trim();
  const decide = async (): Promise<void> => {
    const short = said.length < LEAST && (way !== "approve" || said.length > 0);
    lack(short);
    if (short) return field.current?.focus();
    work(true);
    refuse(null);
    const hindered = await queue.decide(item, way, said);
    work(false);
    if (hindered) refuse(hindered);
    else done();
  };
  const add = (more: string): void => {
    lack(false);
    write((before) => (before.includes(more) ? before : `${before.trim()} ${more}`.trim().slice(0, MOST)));
    field.current?.focus();
  };
  return (
    <div class="words" onKeyDown={(event) => event.key === "Escape" && !busy && back()}>
      <p class="lead">{say("lead")[way]}</p>
      <label for={id}>{say("question")[way]}</label>
      <Ready of={ready(way, item)} add={add} />
      <textarea
        id={id} ref={field} rows={3} maxLength={MOST} value={text} aria-describedby={`${id}-hint`} aria-invalid={lacks || undefined} aria-required={way !== "approve"}
        onInput={(event) => write(event.currentTarget.value)}
      />
      <p class={lacks ? "hint lacks" : "hint"} id={`${id}-hint`} role={lacks ? "alert" : undefined}>{say(lacks ? "needed" : "reads")}</p>
      {refusal && <Refused refusal={refusal} reach={reach} />}
      <Row>
        <Button kind={KINDS[way]} icon={ICONS[way]} busy={busy} onClick={() => void decide()}>{busy ? say("doing")[way] : say(way)}</Button>
        <Button kind="quiet" disabled={busy} onClick={back}>{common("back")}</Button>
      </Row>
    </div>
  );
}

/** Sentences that are often what is to be said. */
function ready(way: Decision, item: Submission): readonly string[] {
  if (way === "reject") return say("grounds");
  return way === "ask_for_changes" ? item.fixes.slice(0, 5).map(fixed) : [];
}

function Ready({ of, add }: { of: readonly string[]; add: (sentence: string) => void }) {
  if (of.length === 0) return null;
  return (
    <div class="ready" role="group" aria-label={say("ready")}>
      {of.map((each) => <button key={each} type="button" onClick={() => add(each)}>{each}</button>)}
    </div>
  );
}
