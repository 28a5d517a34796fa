// The buttons of a ticket: yes, no with a reason, and the page where only the person can say yes.

import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { SIGN_IN_REQUIRED, UNREACHABLE } from "./client.ts";
import { refusedInHindi, say } from "./confirm-words.ts";
import { Button, Notice, Row } from "./parts.tsx";
import { SignedOut } from "./states.tsx";
import type { Ticket } from "./ticket.ts";
import type { Reach } from "./widget.tsx";
import { spoken } from "./words.ts";

/** How long the buttons have to be seen before they can be pressed, so that a stray key or click decides nothing. */
const GUARD = 700;
const MOST = 500;

interface DecideProps {
  ticket: Ticket;
  destroys: boolean;
  reach: Reach;
}

export function Decide({ ticket, destroys, reach }: DecideProps) {
  const [refusing, refuse] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const ready = useSeen(place);
  const could = useRef(ticket.confirmable);
  const refused = useRef(refusing);
  useLayoutEffect(() => {
    if (could.current && !ticket.confirmable && lost()) place.current?.querySelector("button")?.focus();
    could.current = ticket.confirmable;
  }, [ticket.confirmable]);
  useLayoutEffect(() => {
    if (refused.current && !refusing) place.current?.querySelector<HTMLElement>(".no button")?.focus();
    refused.current = refusing;
  }, [refusing]);
  if (ticket.notice === "noted") return <Notice kind="good">{say("noted")}</Notice>;
  return (
    <div class="decide" ref={place}>
      <Trouble ticket={ticket} reach={reach} />
      {refusing
        ? <Why ticket={ticket} back={() => refuse(false)} />
        : (
          <>
            <p class="who">{say(ticket.confirmable ? "here" : "onPage")}</p>
            {ticket.confirmable
              ? <Here ticket={ticket} destroys={destroys} ready={ready} refuse={() => refuse(true)} />
              : <OnPage ticket={ticket} ready={ready} reach={reach} refuse={() => refuse(true)} />}
          </>
        )}
    </div>
  );
}

interface ButtonsProps {
  ticket: Ticket;
  ready: boolean;
  refuse: () => void;
}

function Here({ ticket, destroys, ready, refuse }: ButtonsProps & { destroys: boolean }) {
  const doing = ticket.doing === "confirm";
  const idle = ready && ticket.doing === null;
  return (
    <Row>
      <Button kind={destroys ? "danger" : "primary"} disabled={!idle} busy={doing} onClick={ticket.confirm}>{say(doing ? "doing" : "confirm")}</Button>
      <No disabled={!idle} refuse={refuse} />
    </Row>
  );
}

function OnPage({ ticket, ready, reach, refuse }: ButtonsProps & { reach: Reach }) {
  const [opened, set] = useState<boolean | null>(null);
  const url = address(ticket.preview.confirm_url);
  const idle = ready && ticket.doing === null;
  useReturn(opened === true, () => ticket.check(true));
  const open = async (): Promise<void> => set(url !== null && (await reach.host.open(url).catch(() => false)));
  return (
    <>
      {opened !== null && <p class="who" role="status">{say(opened ? "opened" : "address")}</p>}
      {opened === false && <p class="address"><bdi>{url ?? ticket.preview.confirm_url}</bdi></p>}
      <Row>
        {opened !== false && <Button kind={opened ? "secondary" : "primary"} icon="out" disabled={!ready} onClick={() => void open()}>{say("page")}</Button>}
        {opened !== null && (
          <Button disabled={!idle} busy={ticket.doing === "check"} onClick={() => ticket.check()}>
            {say(ticket.doing === "check" ? "checking" : "decided")}
          </Button>
        )}
        <No disabled={!idle} refuse={refuse} />
      </Row>
    </>
  );
}

const No = ({ disabled, refuse }: { disabled: boolean; refuse: () => void }) => (
  <span class="no"><Button kind="secondary" disabled={disabled} onClick={refuse}>{say("decline")}</Button></span>
);

/** Why not, in the person's words, or in none. */
function Why({ ticket, back }: { ticket: Ticket; back: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const busy = ticket.doing !== null;
  useLayoutEffect(() => field.current?.focus(), []);
  const decline = (): void => ticket.decline(field.current?.value ?? "");
  return (
    <div class="why" onKeyDown={(event) => event.key === "Escape" && !busy && back()}>
      <label for={id}>{say("reason")}</label>
      <p class="hint" id={`${id}-hint`}>{say("reasonHint")}</p>
      <textarea id={id} ref={field} rows={2} maxLength={MOST} aria-describedby={`${id}-hint`} />
      <Row>
        <Button disabled={busy} busy={ticket.doing === "decline"} onClick={decline}>{say(ticket.doing === "decline" ? "declining" : "sayNo")}</Button>
        <Button kind="secondary" disabled={busy} onClick={back}>{say("back")}</Button>
      </Row>
    </div>
  );
}

/** Why the last try did nothing, and that it still waits. */
function Trouble({ ticket, reach }: { ticket: Ticket; reach: Reach }) {
  const { refusal } = ticket;
  if (!refusal) return ticket.notice && <Notice kind="warn">{say("undecided")}</Notice>;
  if (refusal.code === SIGN_IN_REQUIRED) return <SignedOut refusal={refusal} reach={reach} />;
  if (refusal.code === UNREACHABLE) {
    return (
      <Notice kind="bad">
        {say("unsure")}
        <Button kind="secondary" small busy={ticket.doing === "check"} onClick={() => ticket.check()}>{say("look")}</Button>
      </Notice>
    );
  }
  const hindi = spoken() === "hi" ? refusedInHindi(refusal.code) : undefined;
  return (
    <Notice kind="bad">
      <p>{hindi ?? <bdi lang="en">{refusal.message}</bdi>} {refusal.code !== "no_such_ticket" && say("still")}</p>
    </Notice>
  );
}

/** The address of the page, if it is one of the web. */
function address(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed && (parsed.protocol === "https:" || parsed.protocol === "http:") ? parsed.href : null;
}

/** Whether what had the focus is gone. */
export const lost = (): boolean => document.hasFocus() && document.activeElement === document.body;

/** Whether something has been in sight for a moment. */
function useSeen(place: RefObject<HTMLElement | null>): boolean {
  const [seen, see] = useState(false);
  useEffect(() => {
    if (!place.current) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      // A busy browser tells of several changes at once, the latest last.
      if (entries.at(-1)?.isIntersecting) timer = setTimeout(() => see(true), GUARD);
    });
    watch.observe(place.current);
    return () => {
      clearTimeout(timer);
      watch.disconnect();
    };
  }, []);
  return seen;
}

/** Runs something whenever the person comes back to this page. */
function useReturn(awaited: boolean, run: () => void): void {
  useEffect(() => {
    if (!awaited) return undefined;
    const back = (): void => {
      if (document.visibilityState === "visible") run();
    };
    document.addEventListener("visibilitychange", back);
    addEventListener("focus", back);
    return () => {
      document.removeEventListener("visibilitychange", back);
      removeEventListener("focus", back);
    };
  }, [awaited]);
}
