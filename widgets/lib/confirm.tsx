// Something that waits for a person: exactly what the ticket holds, and the ways to say yes or no to it.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { DESTROYS } from "../types/names.ts";
import type { Action, Preview } from "../types/tools.ts";
import "./confirm.css";
import { say } from "./confirm-words.ts";
import { Decide, lost } from "./decide.tsx";
import { left } from "./format.ts";
import { Facts, Outcome } from "./outcome.tsx";
import { type Ticket, isAction, isPreview, useTicket, waiting } from "./ticket.ts";
import { type Said, toolName, written } from "./told.ts";
import type { Reach } from "./widget.tsx";
import { spoken } from "./words.ts";

export { isAction, isPreview };

const HINDI = "360ghar.com/hindi";

type Meta = Readonly<Record<string, unknown>>;

interface ConfirmProps {
  /** A preview, or how a ticket stands. */
  answer: Preview | Action;
  /** What came beside it: the nonce of the button, and the sentences in Hindi. */
  meta: Meta;
  reach: Reach;
  /** Whether it was made just now, in another view: then there is no need to ask whether it still waits. */
  fresh?: boolean;
  /** Run once the person has decided it here. */
  settled?: (action: Action) => void;
}

/** A preview with its buttons, and whatever becomes of it. */
export function Confirm({ answer, meta, reach, fresh = false, settled }: ConfirmProps) {
  const start = useMemo(() => (isAction(answer) ? answer : waiting(answer)), [answer]);
  const ticket = useTicket(start, meta, reach, settled);
  const time = useTimeLeft(ticket);
  useEffect(() => {
    // A conversation that is opened again shows what waited then.
    if (!fresh && start.state === "waiting" && time !== null) ticket.check(true);
  }, [start]);
  const { preview, action } = ticket;
  const what = spokenOf(preview, meta, "what");
  const destroys = DESTROYS.includes(preview.tool);
  const Heading = fresh ? "h2" : "h1";
  return (
    <section class={`ticket ${action.state}${destroys ? " destroys" : ""}`} aria-label={say(`title_${action.state}`)}>
      <header>
        <p class="standing">{say(`title_${action.state}`)}</p>
        {time !== null && <p class="left" role="timer">{say("left")(left(time))}</p>}
        <p class="unseen" role="status">{time !== null && time < 60_000 && say("lastMinute")}</p>
      </header>
      <Heading class="what" lang={what.lang}><bdi>{what.text}</bdi></Heading>
      <Facts ticket={ticket} whom={spokenOf(preview, meta, "whom")} />
      <Standing ticket={ticket} what={what} destroys={destroys} reach={reach} />
    </section>
  );
}

/** What can be done about it, or what became of it. What has just been decided is read out. */
function Standing({ ticket, what, destroys, reach }: { ticket: Ticket; what: Said; destroys: boolean; reach: Reach }) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(ticket.action.state);
  useLayoutEffect(() => {
    if (before.current === "waiting" && ticket.action.state !== "waiting" && lost()) place.current?.focus({ preventScroll: true });
    before.current = ticket.action.state;
  }, [ticket.action.state]);
  return (
    <div class="standing-place" ref={place} tabIndex={-1}>
      {ticket.action.state === "waiting"
        ? <Decide ticket={ticket} destroys={destroys} reach={reach} />
        : <Outcome ticket={ticket} what={what} reach={reach} />}
    </div>
  );
}

/** A sentence of the preview in the person's language, as far as there is one. */
function spokenOf(preview: Preview, meta: Meta, which: "what"): Said;
function spokenOf(preview: Preview, meta: Meta, which: "what" | "whom"): Said | null;
function spokenOf(preview: Preview, meta: Meta, which: "what" | "whom"): Said | null {
  const english = preview[which];
  const beside = (meta[HINDI] as { what?: unknown; whom?: unknown } | undefined)?.[which];
  if (english === null) return null;
  const told = written(spoken() === "hi" && typeof beside === "string" ? beside : english);
  // What a plain tool does is told by its name alone.
  return which === "what" && spoken() === "hi" && told.lang === "en" && beside === english ? toolName(preview.tool, english) : told;
}

/** How long it can still be decided, in milliseconds; null once it cannot, or where this device's clock is wrong. */
function useTimeLeft(ticket: Ticket): number | null {
  const until = Date.parse(ticket.preview.expires_at);
  const [now, tick] = useState(Date.now);
  const live = ticket.action.state === "waiting";
  const over = live && now >= until;
  useEffect(() => {
    if (!live || over) return undefined;
    const timer = setInterval(() => tick(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [live, over, until]);
  useEffect(() => {
    // The server's clock counts, not this one.
    if (over) ticket.check();
  }, [over]);
  return live && !over ? until - now : null;
}
