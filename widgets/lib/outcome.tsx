// What a ticket holds, and what became of it, in words.

import { useState } from "preact/hooks";
import { say } from "./confirm-words.ts";
import { exactRupees } from "./format.ts";
import { Button, Notice } from "./parts.tsx";
import type { Ticket } from "./ticket.ts";
import { type Pair, type Said, inIndia, pairs, toolName, written } from "./told.ts";
import type { Reach } from "./widget.tsx";
import { spoken } from "./words.ts";

/** Exactly what the ticket holds: to whom, what it costs, until when, what was asked, and when it lapses. */
export function Facts({ ticket, whom }: { ticket: Ticket; whom: Said | null }) {
  const { preview, action } = ticket;
  const own = (key: string, value: Said | null): Pair[] => (value ? [{ key, name: { text: key, lang: spoken() }, value }] : []);
  const facts = (
    <dl class="facts">
      <List
        pairs={[
          ...own(say("whom"), whom),
          ...own(say("costs"), written(preview.costs === null ? say("nothing") : exactRupees(preview.costs))),
          ...own(say("until"), preview.until === null ? null : written(inIndia(preview.until))),
          ...pairs(preview.arguments),
          ...own(say("before"), action.state === "waiting" ? written(inIndia(preview.expires_at)) : null),
          ...own(say("decidedAt"), action.decided_at === null ? null : written(inIndia(action.decided_at))),
        ]}
      />
    </dl>
  );
  return action.state === "waiting" ? facts : <details><summary>{say("details")}</summary>{facts}</details>;
}

/** What became of it, and the way on. */
export function Outcome({ ticket, what, reach }: { ticket: Ticket; what: Said; reach: Reach }) {
  const { action } = ticket;
  if (action.state === "waiting") return null;
  return (
    <>
      {action.state === "declined"
        ? <p role="status">{lead(ticket)}</p>
        : <Notice kind={KINDS[action.state]}>{lead(ticket)}</Notice>}
      {action.reason !== null && <p class="reason"><span>{say("reasonGiven")}:</span> <bdi lang={written(action.reason).lang}>{action.reason}</bdi></p>}
      {action.answer && <Answer answer={action.answer} />}
      {(action.state === "void" || action.state === "expired") && <Again what={what} reach={reach} />}
    </>
  );
}

const KINDS = { done: "good", void: "warn", expired: "warn" } as const;

function lead({ action: { state }, elsewhere }: Ticket): string {
  if (elsewhere && state === "done") return say("done_elsewhere");
  return elsewhere && state === "declined" ? say("declined_elsewhere") : say(`lead_${state}`);
}

/** What a tool answered. */
export function Answer({ answer }: { answer: Readonly<Record<string, unknown>> }) {
  const said = pairs(answer).filter((each) => answer[each.key] !== null);
  if (said.length === 0) return null;
  return (
    <section class="answer" aria-label={say("answer")}>
      <h2>{say("answer")}</h2>
      <dl class="facts"><List pairs={said} /></dl>
    </section>
  );
}

function Again({ what, reach }: { what: Said; reach: Reach }) {
  const [asked, set] = useState<boolean | null>(null);
  const ask = async (): Promise<void> => set(await reach.host.say(say("againPlease")(what.text)).catch(() => false));
  return (
    <p class="again" role="status">
      {asked === null
        ? <Button onClick={() => void ask()}>{say("again")}</Button>
        : say(asked ? "askedAgain" : "askYourself")}
    </p>
  );
}

/** Names and values, each in its language. */
export const List = ({ pairs: all }: { pairs: readonly Pair[] }) => (
  <>
    {all.map(({ key, name, value }) => (
      <div key={key}>
        <dt lang={name.lang}>{name.text}</dt>
        <dd lang={value.lang}><bdi>{value.text}</bdi></dd>
      </div>
    ))}
  </>
);

/** What was done without waiting here: its person said yes in the host, or no yes was needed. */
export function Done({ tool, answer }: { tool: string; answer: Readonly<Record<string, unknown>> }) {
  const name = toolName(tool);
  return (
    <section class="ticket done" aria-label={say("title_done")}>
      <header><p class="standing">{say("title_done")}</p></header>
      <h1 class="what" lang={name.lang}>{name.text}</h1>
      <Answer answer={answer} />
    </section>
  );
}
