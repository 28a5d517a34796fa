// Choosing a time for a visit: a day, a half hour that is free, and then the preview that the person confirms. A frame in
// a sandbox sends no forms, so there is none.

import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Action, Slots } from "../types/tools.ts";
import { Asked, useAsk } from "./asking.tsx";
import type { Outcome, Refusal } from "./client.ts";
import { appointment, dayKey, shortDay, time, weekday } from "./format.ts";
import { Button } from "./parts.tsx";
import "./planner.css";
import { say } from "./planner-words.ts";
import { type Day, type Slot, dayOf, ends, nextDay, partsOf, sameTime } from "./slots.ts";
import { Loading, Refused } from "./states.tsx";
import type { Reach } from "./widget.tsx";

type Asks = "request_visit" | "reschedule_visit";
const MOST = 14;

interface Plans {
  readonly property: number;
  readonly reach: Reach;
  /** The first times, where they are known already. */
  readonly known?: Slots;
  /** The visit that is to be moved; without it a visit is asked for. */
  readonly visit?: number;
  /** What shuts it, where it can be shut. */
  readonly shut?: () => void;
  readonly settled?: (action: Action | null) => void;
}

export function Planner({ property, reach, known, visit, shut, settled }: Plans) {
  const plan = useDays(property, reach, known);
  const [day, setDay] = useState<string | null>(null);
  const [starts, setStarts] = useState<string | null>(null);
  const [missing, miss] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const [state, ask, afresh] = useAsk<Asks, string>(async (at): Promise<Outcome<Asks>> =>
    visit === undefined ? reach.call("request_visit", { property_id: property, starts: at }) : reach.call("reschedule_visit", { id: visit, starts: at }));
  const chosen = plan.days.find(({ key }) => key === day) ?? plan.days.find(({ slots }) => slots.length > 0) ?? plan.days[0];
  useBack(state.kind, form);
  // The time of day stays, where the other day has it free.
  const change = (key: string): void => {
    setDay(key);
    setStarts(starts && sameTime(plan.days.find((each) => each.key === key), starts));
  };
  const choose = (at: string): void => {
    setStarts(at);
    miss(false);
  };
  if (state.kind === "asked") {
    return (
      <Asked
        outcome={state.outcome} reach={reach} again={afresh} leave={say("other")} settled={(action) => settled?.(action)}
        done={(answer) => <p>{"starts" in answer && say("done")(appointment(answer.starts, answer.ends))}</p>}
      />
    );
  }
  return (
    <div class="planner" ref={form} aria-busy={plan.looking}>
      <p class="aside">{say("hint")} {plan.nobody && say("nobody")}</p>
      {chosen && <Days all={plan.days} chosen={chosen.key} choose={change} more={plan.more} looking={plan.looking} />}
      {chosen && <Times day={chosen} chosen={starts} choose={choose} alone={plan.nobody} />}
      {plan.looking && !chosen && <Loading />}
      {plan.refusal && <Refused refusal={plan.refusal} reach={reach} retry={plan.retry} />}
      <p class="chosen" role="status">{starts && appointment(starts, ends(starts))}</p>
      {missing && <p class="warning" role="alert">{say("pick")}</p>}
      {state.kind === "refused" && <Refused refusal={state.refusal} reach={reach} />}
      <p class="buttons">
        <Button busy={state.kind === "asking"} onClick={() => (starts === null ? miss(true) : ask(starts))}>{say(visit === undefined ? "ask" : "move")}</Button>
        {shut && <Button kind="secondary" onClick={shut}>{say("shut")}</Button>}
      </p>
    </div>
  );
}

interface Found {
  readonly days: readonly Day[];
  readonly nobody: boolean;
  readonly looking: boolean;
  readonly refusal: Refusal | null;
  readonly more: () => void;
  readonly retry: () => void;
}

/** The days with their times: those that are known, and those that are asked for one stretch after the other. */
function useDays(property: number, reach: Reach, known: Slots | undefined): Found {
  const [slots, set] = useState<Slots | null>(known ?? null);
  const [looking, look] = useState(false);
  const [refusal, refuse] = useState<Refusal | null>(null);
  const under = useRef(false);
  const find = async (before: Slots | null): Promise<void> => {
    if (under.current) return;
    under.current = true;
    look(true);
    refuse(null);
    const last = before?.days.at(-1)?.day;
    const outcome = await reach.call("visit_slots", { property_id: property, days: MOST, ...(last ? { from_day: nextDay(last) } : {}) });
    under.current = false;
    look(false);
    if (outcome.ok) set({ ...outcome.answer, days: [...(before?.days ?? []), ...outcome.answer.days] });
    else refuse(outcome.refusal);
  };
  useEffect(() => {
    if (!known) void find(null);
  }, [property]);
  const next = (): void => void find(slots);
  return { days: (slots?.days ?? []).map(dayOf), nobody: slots?.shown_by === "nobody", looking, refusal, more: next, retry: next };
}

interface DaysProps {
  readonly all: readonly Day[];
  readonly chosen: string;
  readonly choose: (day: string) => void;
  readonly more: () => void;
  readonly looking: boolean;
}

function Days({ all, chosen, choose, more, looking }: DaysProps) {
  const name = useId();
  const now = Date.now();
  const [today, tomorrow] = [dayKey(new Date(now)), dayKey(new Date(now + 86_400_000))];
  const said = (day: string): string => (day === today ? say("today") : day === tomorrow ? say("tomorrow") : weekday(day));
  return (
    <fieldset>
      <legend>{say("day")}</legend>
      <div class="days">
        {all.map(({ key, holiday, slots }) => (
          <label key={key} class={slots.length > 0 ? "slot" : "slot empty"}>
            <input type="radio" name={name} value={key} checked={key === chosen} onChange={() => choose(key)} />
            <span>
              <b>{said(key)}</b> {shortDay(key)}{" "}
              <small>{slots.length > 0 ? say("free")(slots.length) : say("full")}</small>
              {holiday && <i class="feast" title={say("holiday")(holiday)}><span class="unseen"> {say("holiday")(holiday)}</span></i>}
            </span>
          </label>
        ))}
        <Button kind="quiet" small busy={looking} onClick={more}>{say("later")}</Button>
      </div>
    </fieldset>
  );
}

function Times({ day, chosen, choose, alone }: { day: Day; chosen: string | null; choose: (starts: string) => void; alone: boolean }) {
  const name = useId();
  return (
    <fieldset>
      <legend>{say("time")}</legend>
      {day.holiday && <p class="aside">{say("holiday")("")}<bdi lang="en">{day.holiday}</bdi></p>}
      {day.slots.length === 0 && <p class="aside">{say("noneThen")}</p>}
      {partsOf(day.slots).map(([part, slots]) => (
        <div class="times" key={part} role="group" aria-label={say(part)}>
          <span class="part-of-day" aria-hidden="true">{say(part)}</span>
          {slots.map((slot) => <Time key={slot.starts} slot={slot} name={name} checked={slot.starts === chosen} choose={choose} alone={alone} />)}
        </div>
      ))}
      {!alone && day.slots.some(({ sure }) => !sure) && <p class="aside">{say("onRequest")}</p>}
    </fieldset>
  );
}

interface TimeProps {
  readonly slot: Slot;
  readonly name: string;
  readonly checked: boolean;
  readonly choose: (starts: string) => void;
  /** Whether all times wait for somebody, so that none needs to say it. */
  readonly alone: boolean;
}

function Time({ slot: { starts, sure }, name, checked, choose, alone }: TimeProps) {
  const sought = !sure && !alone;
  return (
    <label class={sought ? "slot sought" : "slot"}>
      <input type="radio" name={name} value={starts} checked={checked} onChange={() => choose(starts)} />
      <span>{time(starts)}{sought && <em class="unseen">, {say("sought")}</em>}</span>
    </label>
  );
}

/** Who comes back from the preview stands again where they were. */
function useBack(kind: string, form: { readonly current: HTMLElement | null }): void {
  const before = useRef(kind);
  useLayoutEffect(() => {
    if (before.current === "asked") form.current?.querySelector<HTMLElement>(".times :checked, :checked")?.focus();
    before.current = kind;
  }, [kind]);
}
