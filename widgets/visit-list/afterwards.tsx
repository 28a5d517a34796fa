// How a visit was, in the words of one side.

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { dayKey } from "../lib/format.ts";
import { Button, Choice, Row } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import type { CompleteVisit } from "../types/tools.ts";
import type { Visit } from "./list.ts";
import { say } from "./words.ts";

type Interest = NonNullable<Visit["interest"]>;
const LEVELS: readonly Interest[] = ["high", "medium", "low", "none"];
const MOST = 1000;

interface Tells {
  readonly visit: Visit;
  readonly reach: Reach;
  readonly shut: () => void;
  readonly done: (became: Visit) => void;
}

export function Afterwards({ visit, reach, shut, done }: Tells) {
  const hosts = visit.side === "host";
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const [met, meet] = useState<"yes" | "no">("yes");
  const [interest, level] = useState<Interest | null>(visit.interest);
  const [text, write] = useState(visit.feedback ?? "");
  const [on, remind] = useState(visit.follow_up_on ?? "");
  const [busy, set] = useState(false);
  const [refusal, refuse] = useState<Refusal | null>(null);
  useLayoutEffect(() => place.current?.querySelector<HTMLElement>("button, textarea")?.focus(), []);
  const save = async (): Promise<void> => {
    const said: CompleteVisit = { id: visit.id, interest, feedback: text.trim() || null };
    if (visit.status === "confirmed") said.met = met === "yes";
    if (hosts && on !== (visit.follow_up_on ?? "")) said.follow_up_on = on || null;
    set(true);
    refuse(null);
    const outcome = await reach.call("complete_visit", said);
    set(false);
    if (outcome.ok) done(outcome.answer);
    else refuse(outcome.refusal);
  };
  const tomorrow = dayKey(new Date(Date.now() + 86_400_000));
  return (
    <div class="inset" ref={place} onKeyDown={(event) => event.key === "Escape" && !busy && shut()}>
      {visit.status === "confirmed" && (
        <div class="field">
          <span>{say("met")}</span>
          <Choice label={say("met")} options={[["yes", say("yes")], ["no", say("notMet")]]} value={met} choose={meet} />
        </div>
      )}
      {met === "yes" && (
        <div class="field">
          <span>{say(hosts ? "theirInterest" : "interest")}</span>
          <Choice
            label={say(hosts ? "theirInterest" : "interest")} options={LEVELS.map((each) => [each, say(each)] as const)}
            value={(interest ?? "") as Interest} choose={level}
          />
        </div>
      )}
      <div class="field">
        <label for={id}>{say(hosts ? "notes" : "feedback")}</label>
        <p class="aside" id={`${id}-hint`}>{say(hosts ? "notesHint" : "feedbackHint")}</p>
        <textarea id={id} rows={3} maxLength={MOST} aria-describedby={`${id}-hint`} value={text} onInput={(event) => write(event.currentTarget.value)} />
      </div>
      {hosts && (
        <div class="field">
          <label for={`${id}-on`}>{say("followUp")}</label>
          <input id={`${id}-on`} type="date" min={tomorrow} value={on} onInput={(event) => remind(event.currentTarget.value)} />
        </div>
      )}
      {refusal && <Refused refusal={refusal} reach={reach} />}
      <Row>
        <Button small busy={busy} onClick={() => void save()}>{say("save")}</Button>
        <Button small kind="secondary" onClick={shut}>{say("back")}</Button>
      </Row>
    </div>
  );
}
