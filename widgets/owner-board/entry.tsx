// One listing on the board: what it is, where it stands, what to do next, and how it fares.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { day } from "../lib/format.ts";
import { Icon, type IconName } from "../lib/icons.tsx";
import { fixed } from "../lib/looked-words.ts";
import { Score } from "../lib/looked.tsx";
import { Announcement, Button, Sheet } from "../lib/parts.tsx";
import { photoAddress, widths } from "../lib/photos.ts";
import { Loading, Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { Insights } from "../types/tools.ts";
import { Fares } from "./fares.tsx";
import type { Line, List, Status } from "./list.ts";
import { field, say } from "./words.ts";

interface EntryProps {
  line: Line;
  list: List;
  reach: Reach;
  open: boolean;
  toggle: () => void;
}

export function Entry({ line, list, reach, open, toggle }: EntryProps) {
  const done = list.moved?.id === line.id ? list.moved.to : null;
  const place = useRef<HTMLLIElement>(null);
  // What was pressed may be gone with the state that it led out of.
  useLayoutEffect(() => {
    if (done) place.current?.focus();
  }, [list.moved]);
  return (
    <li class={`listing ${line.status}`} id={`listing-${line.id}`} tabIndex={-1} ref={place}>
      <article aria-label={line.title}>
        <Photo line={line} />
        <div class="told">
          <p class="standing"><span class={`badge ${line.status}`}>{say(line.status)}</span><Score of={line.score} /></p>
          <h2 lang={languageOf(line.title)}>{line.title}</h2>
          <p class="facts"><strong>{line.price_text}</strong>{line.place && <span lang={languageOf(line.place)}>{line.place}</span>}</p>
          <Next line={line} />
          <Announcement unseen>{done && say("done")(done)}</Announcement>
        </div>
      </article>
      <Actions line={line} list={list} open={open} toggle={toggle} />
      {open && <Faring key={line.id} line={line} reach={reach} />}
    </li>
  );
}

function Photo({ line }: { line: Line }) {
  const address = photoAddress(line.photo);
  const [broken, breaks] = useState(false);
  const shown = address !== null && !broken;
  if (!shown) return <span class="photo none"><Icon name="place" /></span>;
  return <span class="photo"><img src={address} {...widths(address, "(max-width: 34rem) 100vw, 10rem")} alt="" onError={() => breaks(true)} /></span>;
}

/** What to do next, in our own words; a reviewer's are theirs. */
function Next({ line }: { line: Line }) {
  const [first] = line.fixes;
  return (
    <div class="next">
      {line.asked !== null && <p class="asked"><Icon name="doubt" /><span>{say("asks")} <q lang={languageOf(line.asked)}>{line.asked}</q></span></p>}
      {line.asked === null && <p>{nextOf(line)}</p>}
      {line.expires_at && <p class="soft">{say("until")(day(line.expires_at))}</p>}
      {first && (line.status === "draft" || line.status === "live") && <p class="soft">{say("better")(fixed(first), first.points)}</p>}
    </div>
  );
}

function nextOf(line: Line): string {
  if (line.status === "draft") return line.missing.length > 0 ? say("fill")(line.missing.map(field).join(", ")) : say("handIn");
  if (line.expired) return say("lapsed");
  return say("stands")[line.status] ?? "";
}

const ICONS: Partial<Record<Status, IconName>> = { review: "next", live: "yes", paused: "stop", archived: "close", rented: "heart", sold: "heart" };
const ORDER: readonly Status[] = ["review", "live", "paused", "rented", "sold", "draft", "archived"];

function Actions({ line, list, open, toggle }: Omit<EntryProps, "reach">) {
  const [ending, end] = useState<Status | null>(null);
  const renewable = line.expired || (line.status === "live" && line.expires_at !== null);
  const can = ORDER.filter((each) => line.possible.includes(each) && !(line.expired && each === "live"));
  const blocked = (each: Status): boolean => each === "review" && line.missing.length > 0;
  const busy = (to: Status | "renew"): boolean => list.moving?.id === line.id && list.moving.to === to;
  const [first, ...others] = can;
  const press = (each: Status): void => (each === "archived" || each === "sold" || each === "rented" ? end(each) : void list.move(line, each));
  return (
    <div class="actions">
      {renewable && (
        <Button
          small kind={line.expired ? "primary" : "secondary"} icon="undo" busy={busy("renew")} label={say("of")(say("renew"), line.title)}
          onClick={() => void list.move(line, "renew")}
        >
          {say("renew")}
        </Button>
      )}
      {first && <Move to={first} line={line} main={!renewable && (first === "review" || first === "live")} busy={busy(first)} off={blocked(first)} press={press} />}
      {others.map((each) => <Move key={each} to={each} line={line} busy={busy(each)} off={blocked(each)} press={press} />)}
      <Button small kind="quiet" icon="compare" expanded={open} label={say("of")(say("fares"), line.title)} onClick={toggle}>{say("fares")}</Button>
      {ending && (
        <Sheet title={say("sure")(ending)} close={() => end(null)}>
          <p>{say("sureLead")[ending] ?? ""}</p>
          <div class="wraps">
            <Button kind={ending === "archived" ? "danger" : "primary"} onClick={() => (end(null), void list.move(line, ending))}>{say("to")[ending]}</Button>
            <Button kind="secondary" onClick={() => end(null)}>{say("leave")}</Button>
          </div>
        </Sheet>
      )}
    </div>
  );
}

interface MoveProps {
  to: Status;
  line: Line;
  main?: boolean;
  busy: boolean;
  off: boolean;
  press: (to: Status) => void;
}

function Move({ to, line, main = false, busy, off, press }: MoveProps) {
  const icon = ICONS[to];
  return (
    <Button small kind={main ? "primary" : "quiet"} {...(icon && { icon })} busy={busy} disabled={off} label={say("of")(say("to")[to] ?? to, line.title)} onClick={() => press(to)}>
      {say("to")[to]}
    </Button>
  );
}

function Faring({ line, reach }: { line: Line; reach: Reach }) {
  const [insights, know] = useState<Insights | null>(null);
  const [refusal, refuse] = useState<Refusal | null>(null);
  const look = async (): Promise<void> => {
    refuse(null);
    const outcome = await reach.call("listing_insights", { id: line.id });
    if (outcome.ok) know(outcome.answer);
    else refuse(outcome.refusal);
  };
  useEffect(() => void look(), [line.id, line.status]);
  if (refusal) return <Refused refusal={refusal} reach={reach} retry={() => void look()} />;
  if (!insights) return <Loading />;
  return <Fares insights={insights} reach={reach} />;
}
