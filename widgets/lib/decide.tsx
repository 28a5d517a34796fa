// The buttons of a ticket: yes, no with a reason, and the page where only the person can say yes.

import type { RefObject } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { SIGN_IN_REQUIRED, UNREACHABLE } from "./client.ts";
import { refusedInHindi, say } from "./confirm-words.ts";
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
  const back = (): void => {
    refuse(false);
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(".no")?.focus());
  };
  if (ticket.notice === "noted") return <p class="message done" role="status">{say("noted")}</p>;
  return (
    <div ref={place}>
      <Trouble ticket={ticket} reach={reach} />
      {refusing
        ? <Why ticket={ticket} back={back} />
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
  const busy = ticket.doing !== null;
  return (
    <div class="buttons">
      <button type="button" class={destroys ? "button danger" : "button"} disabled={!ready} aria-disabled={busy} onClick={() => busy || ticket.confirm()}>
        {say(ticket.doing === "confirm" ? "doing" : "confirm")}
      </button>
      <No busy={busy || !ready} refuse={refuse} />
    </div>
  );
}

function OnPage({ ticket, ready, reach, refuse }: ButtonsProps & { reach: Reach }) {
  const [opened, set] = useState<boolean | null>(null);
  const url = address(ticket.preview.confirm_url);
  const busy = ticket.doing !== null;
  useReturn(opened === true, () => ticket.check(true));
  const open = async (): Promise<void> => set(url !== null && (await reach.host.open(url).catch(() => false)));
  return (
    <>
      {opened !== null && <p class="who" role="status">{say(opened ? "opened" : "address")}</p>}
      {opened === false && <p class="address"><bdi>{url ?? ticket.preview.confirm_url}</bdi></p>}
      <div class="buttons">
        {opened !== false && (
          <button type="button" class={opened ? "button-secondary" : "button"} disabled={!ready} onClick={() => void open()}>{say("page")}</button>
        )}
        {opened !== null && (
          <button type="button" class="button" aria-disabled={busy} onClick={() => busy || ticket.check()}>
            {say(ticket.doing === "check" ? "checking" : "decided")}
          </button>
        )}
        <No busy={busy || !ready} refuse={refuse} />
      </div>
    </>
  );
}

const No = ({ busy, refuse }: { busy: boolean; refuse: () => void }) => (
  <button type="button" class="button-secondary no" aria-disabled={busy} onClick={() => busy || refuse()}>{say("decline")}</button>
);

/** Why not, in the person's words, or in none. */
function Why({ ticket, back }: { ticket: Ticket; back: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const busy = ticket.doing !== null;
  useEffect(() => field.current?.focus(), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy) ticket.decline(field.current?.value ?? "");
  };
  return (
    <form class="why" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && !busy && back()}>
      <label for={id}>{say("reason")}</label>
      <p class="hint" id={`${id}-hint`}>{say("reasonHint")}</p>
      <textarea id={id} ref={field} rows={2} maxLength={MOST} aria-describedby={`${id}-hint`} />
      <div class="buttons">
        <button type="submit" class="button" aria-disabled={busy}>{say(ticket.doing === "decline" ? "declining" : "sayNo")}</button>
        <button type="button" class="button-secondary" aria-disabled={busy} onClick={() => busy || back()}>{say("back")}</button>
      </div>
    </form>
  );
}

/** Why the last try did nothing, and that it still waits. */
function Trouble({ ticket, reach }: { ticket: Ticket; reach: Reach }) {
  const { refusal } = ticket;
  if (!refusal) return ticket.notice && <p class="message" role="status">{say("undecided")}</p>;
  if (refusal.code === SIGN_IN_REQUIRED) return <SignedOut refusal={refusal} reach={reach} />;
  if (refusal.code === UNREACHABLE) {
    return (
      <p class="message bad" role="alert">
        {say("unsure")} <button type="button" class="inline" onClick={() => ticket.check()}>{say("look")}</button>
      </p>
    );
  }
  const hindi = spoken() === "hi" ? refusedInHindi(refusal.code) : undefined;
  return (
    <p class="message bad" role="alert">
      {hindi ?? <bdi lang="en">{refusal.message}</bdi>} {refusal.code !== "no_such_ticket" && say("still")}
    </p>
  );
}

/** The address of the page, if it is one of the web. */
function address(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed && (parsed.protocol === "https:" || parsed.protocol === "http:") ? parsed.href : null;
}

/** Whether something has been in sight for a moment. */
function useSeen(place: RefObject<HTMLElement | null>): boolean {
  const [seen, see] = useState(false);
  useEffect(() => {
    if (!place.current) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new IntersectionObserver(([entry]) => {
      clearTimeout(timer);
      if (entry?.isIntersecting) timer = setTimeout(() => see(true), GUARD);
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
