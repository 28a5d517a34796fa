// One watch: what it is about, how it stands, what can be done with it, and what it found.

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { day, rupees } from "../lib/format.ts";
import { Icon, type IconName } from "../lib/icons.tsx";
import { Announcement, Button, Row } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import { Found } from "./found.tsx";
import type { Change, List, Watch } from "./list.ts";
import { say } from "./words.ts";

const SIGNS: Readonly<Record<Watch["kind"], IconName>> = { search: "search", property: "place", prices: "compare" };
const OFTEN = ["at_once", "daily", "weekly"] as const;
const WEEK = 7 * 86_400_000;

export const place = ({ id }: Watch): string => `watch-${id}`;

export function Entry({ watch, list, reach }: { watch: Watch; list: List; reach: Reach }) {
  const [open, set] = useState(false);
  const { name, state, kind, made_at: since, median } = watch;
  return (
    <li class={`watch ${state}`} id={place(watch)} tabIndex={-1} aria-label={name}>
      <div class="sign"><Icon name={SIGNS[kind]} /></div>
      <div class="about">
        <p class="soft">{say(kind)} · {say("since")(day(since))}</p>
        <h2 lang={languageOf(name)}>{name}</h2>
        <p class="standing">{standing(watch)}</p>
        {median !== null && <p class="soft">{say("median")(rupees(median))}</p>}
        <Acts watch={watch} list={list} open={open} toggle={() => set(!open)} />
        <Announcement unseen>{list.changed === watch.id ? `${say("saved")} ${standing(watch)}` : ""}</Announcement>
        {open && <Found watch={watch} reach={reach} />}
      </div>
    </li>
  );
}

const standing = ({ state, snoozed_until: until }: Watch): string => (until && state === "active" ? say("snoozed")(day(until)) : say(state));

interface ActsProps {
  readonly watch: Watch;
  readonly list: List;
  readonly open: boolean;
  readonly toggle: () => void;
}

/** The button that changes its state stays in its place, so that the focus does. */
function Acts({ watch, list, open, toggle }: ActsProps) {
  const { name, state, snoozed_until: until } = watch;
  const busy = list.changing === watch.id;
  const act = (how: Change, told: string) => () => void list.change(watch, how, told);
  const called = (what: Parameters<typeof say>[0] & ("pause" | "go" | "again" | "snooze" | "wake" | "end" | "found")): string => say("of")(say(what), name);
  const active = state === "active";
  const main = active ? "pause" : state === "ended" ? "again" : "go";
  const turn = active ? act({ state: "paused" }, "paused") : act({ state: "active" }, "took up");
  const wakes = until !== null;
  const place = useRef<HTMLDivElement>(null);
  // What ended it is gone with what can be ended.
  useLayoutEffect(() => {
    if (list.changed === watch.id && document.activeElement === document.body) place.current?.querySelector("button")?.focus();
  }, [list.changed]);
  const soon = (): string => new Date(Date.now() + (wakes ? -60_000 : WEEK)).toISOString();
  return (
    <div class="acts" ref={place}>
      {state !== "ended" && <Often watch={watch} list={list} />}
      <Row>
        <Button small kind={active ? "secondary" : "primary"} icon={active ? "stop" : "undo"} busy={busy} label={called(main)} onClick={turn}>
          {say(main)}
        </Button>
        {active && (
          <Button
            small kind="quiet" icon={wakes ? "bell" : "clock"} disabled={busy} label={called(wakes ? "wake" : "snooze")}
            onClick={() => act({ snooze_until: soon() }, wakes ? "woke" : "snoozed")()}
          >
            {say(wakes ? "wake" : "snooze")}
          </Button>
        )}
        <Button small kind="quiet" icon="list" expanded={open} label={called("found")} onClick={toggle}>{say("found")}</Button>
        {state !== "ended" && <Button small kind="quiet" icon="close" disabled={busy} label={called("end")} onClick={act({ state: "ended" }, "ended")}>{say("end")}</Button>}
      </Row>
    </div>
  );
}

function Often({ watch, list }: { watch: Watch; list: List }) {
  const id = useId();
  return (
    <p class="often">
      <label for={id}>{say("often")}</label>
      <select id={id} value={watch.often} onChange={(event) => void list.change(watch, { often: event.currentTarget.value as Watch["often"] }, "changed how often to hear of")}>
        {OFTEN.map((each) => <option key={each} value={each}>{say(each)}</option>)}
      </select>
    </p>
  );
}
