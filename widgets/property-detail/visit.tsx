// Asking for a visit: a day, a half hour, and then the preview that the person confirms. A frame in a sandbox sends no
// forms, so there is none.

import { useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { appointment, dayKey, shortDay, time, weekday } from "../lib/format.ts";
import { Button } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { Asked, useAsk } from "./asking.tsx";
import { type Slot, days, ends, slots } from "./slots.ts";
import { say } from "./words.ts";

interface Asks {
  readonly id: number;
  readonly reach: Reach;
  readonly shut: () => void;
}

export function Visit({ id, reach, shut }: Asks) {
  const now = useMemo(() => new Date(), []);
  const open = useMemo(() => days(now), [now]);
  const [day, setDay] = useState(open[0] ?? dayKey(now));
  const [starts, setStarts] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const [state, ask, afresh] = useAsk((at: string) => reach.call("request_visit", { property_id: id, starts: at }));
  // The time of day stays, where the other day has it free.
  const change = (key: string): void => {
    setDay(key);
    setStarts(starts === null ? null : (slots(key, now).find((slot) => slot.free && time(slot.starts) === time(starts))?.starts ?? null));
  };
  const choose = (at: string): void => {
    setStarts(at);
    setMissing(false);
  };
  const form = useRef<HTMLDivElement>(null);
  const before = useRef(state.kind);
  useLayoutEffect(() => {
    if (before.current === "asked") form.current?.querySelector<HTMLElement>(":checked")?.focus();
    before.current = state.kind;
  }, [state.kind]);
  if (state.kind === "asked") return <Asked outcome={state.outcome} reach={reach} again={afresh} leave={say("otherTime")} />;
  return (
    <div class="inset visit" role="group" aria-label={say("visit")} ref={form}>
      <p class="aside">{say("visitHint")}</p>
      <Days all={open} chosen={day} now={now} choose={change} />
      <Times of={slots(day, now)} chosen={starts} choose={choose} />
      <p class="chosen" role="status">{starts && appointment(starts, ends(starts))}</p>
      {missing && <p class="warning" role="alert">{say("pickTime")}</p>}
      {state.kind === "refused" && <Refused refusal={state.refusal} reach={reach} />}
      <p class="buttons">
        <Button busy={state.kind === "asking"} onClick={() => (starts === null ? setMissing(true) : ask(starts))}>{say("askVisit")}</Button>
        <Button kind="secondary" onClick={shut}>{say("shut")}</Button>
      </p>
    </div>
  );
}

function Days({ all, chosen, now, choose }: { all: string[]; chosen: string; now: Date; choose: (day: string) => void }) {
  const name = useId();
  const today = dayKey(now);
  const tomorrow = dayKey(new Date(now.getTime() + 86_400_000));
  const said = (day: string): string => (day === today ? say("today") : day === tomorrow ? say("tomorrow") : weekday(day));
  return (
    <fieldset>
      <legend>{say("day")}</legend>
      <div class="days">
        {all.map((day) => (
          <label key={day} class="slot">
            <input type="radio" name={name} value={day} checked={day === chosen} onChange={() => choose(day)} />
            <span><b>{said(day)}</b> {shortDay(day)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const PARTS = [["morning", 0, 6], ["afternoon", 6, 14], ["evening", 14, 20]] as const;

function Times({ of, chosen, choose }: { of: Slot[]; chosen: string | null; choose: (starts: string) => void }) {
  const name = useId();
  return (
    <fieldset>
      <legend>{say("time")}</legend>
      {PARTS.map(([part, from, to]) => (
        <div class="times" key={part}>
          <span class="part-of-day">{say(part)}</span>
          {of.slice(from, to).map(({ starts, free }) => (
            <label key={starts} class="slot">
              <input type="radio" name={name} value={starts} disabled={!free} checked={starts === chosen} onChange={() => choose(starts)} />
              <span>{time(starts)}</span>
            </label>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
