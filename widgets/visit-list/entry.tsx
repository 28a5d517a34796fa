// One visit: when and where it is, how it stands, and what the person can do with it.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { day, dayKey, time, weekday } from "../lib/format.ts";
import { Icon } from "../lib/icons.tsx";
import { Announcement, Button, Row } from "../lib/parts.tsx";
import { Planner } from "../lib/planner.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import { Afterwards } from "./afterwards.tsx";
import { Calendar } from "./calendar.tsx";
import { Cancelling } from "./cancelling.tsx";
import type { List, Visit } from "./list.ts";
import { say } from "./words.ts";

type Doing = "reschedule" | "cancel" | "complete";
type Done = "saved" | "wasConfirmed" | "wasCancelled" | "wasMoved";

interface Entries {
  readonly visit: Visit;
  readonly list: List;
  readonly reach: Reach;
}

export function Entry({ visit, list, reach }: Entries) {
  const [doing, begin] = useState<Doing | null>(null);
  const [done, say_] = useState<Done | null>(null);
  const place = useRef<HTMLLIElement>(null);
  const pressed = useRef(false);
  // What was pressed is gone once it is done.
  useLayoutEffect(() => {
    if (pressed.current && doing === null) place.current?.focus();
    pressed.current = doing !== null;
  }, [doing]);
  const over = (became: Visit, what: Done, told: string): void => {
    begin(null);
    say_(what);
    list.became(became, told);
    place.current?.focus();
  };
  const moved = (): void => {
    say_("wasMoved");
    list.again(`The person asked to move visit ${visit.id} to another time.`);
  };
  const shut = (): void => begin(null);
  return (
    <li class={`visit ${visit.status}`} id={`visit-${visit.id}`} ref={place} tabIndex={-1} aria-label={visit.title}>
      <When visit={visit} />
      <div class="about">
        <p class="standing"><i class="dot" aria-hidden="true" />{say(visit.status)}{visit.awaits && <span>, {say(visit.awaits)}</span>}</p>
        <h2 lang={languageOf(visit.title)}>{visit.title}</h2>
        <Facts visit={visit} />
        <Said visit={visit} />
        {doing === null && <Acts visit={visit} reach={reach} begin={begin} over={over} />}
        {doing === "reschedule" && (
          <div class="inset">
            <Planner property={visit.property_id} visit={visit.id} reach={reach} shut={shut} settled={(action) => action?.state === "done" && moved()} />
          </div>
        )}
        {doing === "cancel" && (
          <Cancelling visit={visit} reach={reach} shut={shut} done={(became) => over(became, "wasCancelled", `The person cancelled visit ${visit.id}.`)} />
        )}
        {doing === "complete" && (
          <Afterwards visit={visit} reach={reach} shut={shut} done={(became) => over(became, "saved", `The person told how visit ${visit.id} was.`)} />
        )}
        <Announcement>{done && say(done)}</Announcement>
      </div>
    </li>
  );
}

/** The day as a leaf of a calendar, and the time. */
function When({ visit: { starts, ends } }: { visit: Visit }) {
  const key = dayKey(starts);
  const near = key === dayKey(new Date()) ? say("today") : key === dayKey(new Date(Date.now() + 86_400_000)) ? say("tomorrow") : weekday(starts);
  const [date, ...month] = day(starts).split(" ");
  return (
    <time class="when" dateTime={starts}>
      <span>{near}</span> <b>{date}</b> <span>{month.join(" ")}</span> <strong>{time(starts)}-{time(ends)}</strong>
    </time>
  );
}

function Facts({ visit }: { visit: Visit }) {
  const { place, with_whom: who, side, status } = visit;
  const stands = status === "requested" || status === "confirmed";
  return (
    <ul class="facts">
      {place && <li><Icon name="place" /><span><bdi>{place}</bdi></span></li>}
      {who && <li><Icon name="person" /><span>{say(side === "host" ? "comes" : "with")}: <bdi>{who}</bdi></span></li>}
      {!who && side === "visitor" && stands && <li><Icon name="person" /><span>{say("sought")}</span></li>}
    </ul>
  );
}

/** Why it was cancelled, and what was said of it afterwards. */
function Said({ visit }: { visit: Visit }) {
  const { cancelled_by: by, reason, interest, feedback, their_interest: theirs, their_feedback: said, follow_up_on: on } = visit;
  const words = (level: Visit["interest"], text: string | null): string => [level && say(level), text].filter(Boolean).join(". ");
  const own = words(interest, feedback);
  const other = words(theirs, said);
  return (
    <>
      {by && <p class="aside">{say(by === "you" ? "byYou" : by === "them" ? "byThem" : "byUs")} {reason && reason !== "other" && `${say(reason)}.`}</p>}
      {own && <p class="aside">{say("said")}: <bdi>{own}</bdi></p>}
      {other && <p class="aside">{say("theySaid")}: <bdi>{other}</bdi></p>}
      {on && <p class="aside">{say("followsUp")} {day(on)}</p>}
    </>
  );
}

interface Doings {
  readonly visit: Visit;
  readonly reach: Reach;
  readonly begin: (doing: Doing) => void;
  readonly over: (became: Visit, what: Done, told: string) => void;
}

function Acts({ visit, reach, begin, over }: Doings) {
  const [busy, set] = useState(false);
  const [refusal, refuse] = useState<Refusal | null>(null);
  const confirm = async (): Promise<void> => {
    set(true);
    refuse(null);
    const outcome = await reach.call("confirm_visit", { id: visit.id });
    set(false);
    if (outcome.ok) over(outcome.answer, "wasConfirmed", `The person confirmed visit ${visit.id}.`);
    else refuse(outcome.refusal);
  };
  const { can, title } = visit;
  const named = (act: "confirm" | "complete" | "change" | "reschedule" | "cancel"): string => `${say(act)}: ${title}`;
  const told = visit.interest !== null || visit.feedback !== null;
  return (
    <>
      {refusal && <Refused refusal={refusal} reach={reach} retry={() => void confirm()} />}
      <Row>
        {can.includes("confirm") && <Button small icon="yes" busy={busy} label={named("confirm")} onClick={() => void confirm()}>{say("confirm")}</Button>}
        {can.includes("complete") && (
          <Button small kind={told ? "quiet" : "primary"} icon="list" label={named(told ? "change" : "complete")} onClick={() => begin("complete")}>
            {say(told ? "change" : "complete")}
          </Button>
        )}
        {can.includes("cancel") && <Calendar visit={visit} reach={reach} />}
        {can.includes("reschedule") && (
          <Button small kind="secondary" icon="clock" label={named("reschedule")} onClick={() => begin("reschedule")}>{say("reschedule")}</Button>
        )}
        {can.includes("cancel") && <Button small kind="quiet" icon="no" label={named("cancel")} onClick={() => begin("cancel")}>{say("cancel")}</Button>}
      </Row>
    </>
  );
}
