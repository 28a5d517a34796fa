// Taking something back, after asking once more, in its place.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { refusedInHindi } from "../lib/confirm-words.ts";
import { moment } from "../lib/format.ts";
import { Button, Notice, Row, useFocusOn } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import { spoken } from "../lib/words.ts";
import type { Activity } from "../types/tools.ts";
import { Standing } from "./standing.tsx";
import { say } from "./words.ts";

interface UndoProps {
  activity: Activity;
  name: string;
  now: number;
  reach: Reach;
  changed: (activity: Activity) => void;
}

type Step = "offered" | "asked" | "doing" | "done";

export function Undo({ activity, name, now, reach, changed }: UndoProps) {
  const [step, set] = useState<Step>("offered");
  const [refusal, refuse] = useState<Refusal | null>(null);
  const under = useRef(false);
  const place = useFocusOn<HTMLDivElement>(step === "asked" || step === "done");
  const before = useRef<Step>("offered");
  useLayoutEffect(() => {
    if (step === "offered" && before.current !== "offered") (place.current?.querySelector("button") ?? place.current)?.focus();
    before.current = step;
  }, [step]);
  const undo = async (): Promise<void> => {
    if (under.current) return;
    under.current = true;
    set("doing");
    const outcome = await reach.call("undo_action", { id: activity.id });
    under.current = false;
    refuse(outcome.ok ? null : outcome.refusal);
    set(outcome.ok ? "done" : "offered");
    changed(settled(activity, outcome.ok ? null : outcome.refusal.code));
    if (!outcome.ok) return;
    const done = { activity: activity.id, tool: activity.tool };
    await reach.host.tell(`The person took back activity ${done.activity} (${done.tool}) with undo_action.`, done).catch(() => undefined);
  };
  const late = activity.undo_until !== null && Date.parse(activity.undo_until) <= now;
  const offers = activity.undo === "possible" && !late;
  return (
    <div class="undo" ref={place} tabIndex={-1} onKeyDown={(event) => event.key === "Escape" && step === "asked" && set("offered")}>
      {refusal && <Why refusal={refusal} />}
      {step === "done" && <p class="stands" role="status">{say("taken")(name)}</p>}
      {!offers && step !== "done" && <Standing activity={activity} now={now} />}
      {offers && step === "offered" && <Offer activity={activity} name={name} ask={() => (refuse(null), set("asked"))} />}
      {offers && (step === "asked" || step === "doing") && (
        <div class="sure" role="group" aria-label={say("undoOf")(name)}>
          <p>{say("sure")(name)}</p>
          <Row>
            <Button small busy={step === "doing"} onClick={() => void undo()}>{say(step === "doing" ? "taking" : "yes")}</Button>
            <Button small kind="secondary" disabled={step === "doing"} onClick={() => set("offered")}>{say("no")}</Button>
          </Row>
        </div>
      )}
    </div>
  );
}

function Offer({ activity, name, ask }: { activity: Activity; name: string; ask: () => void }) {
  return (
    <Row>
      <Button small kind="secondary" icon="undo" label={say("undoOf")(name)} onClick={ask}>{say("undo")}</Button>
      {activity.undo_until !== null && <span class="stands">{say("until")(moment(activity.undo_until))}</span>}
    </Row>
  );
}

/** Why it was not taken back, in the tool's own sentence. */
export function Why({ refusal }: { refusal: Refusal }) {
  const hindi = spoken() === "hi" ? refusedInHindi(refusal.code) : undefined;
  return <Notice kind="bad">{hindi ?? <bdi lang="en">{refusal.message || say("failed")}</bdi>}</Notice>;
}

/** The activity as it is known to be after an answer, until the list has been looked up again. */
function settled(activity: Activity, refused: string | null): Activity {
  if (refused === null || refused === "undone_already") return { ...activity, undo: "done", undone_at: activity.undone_at ?? new Date().toISOString() };
  if (refused === "too_late_to_undo") return { ...activity, undo: "over" };
  return refused === "not_undoable" || refused === "no_such_activity" ? { ...activity, undo: null } : activity;
}
