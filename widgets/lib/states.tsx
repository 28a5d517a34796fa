// What a widget shows when it has no answer to show.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { WidgetName } from "../types/widgets.ts";
import { type Refusal, SIGN_IN_REQUIRED, UNREACHABLE, UNREADABLE } from "./client.ts";
import { Icon, type IconName } from "./icons.tsx";
import { Button } from "./parts.tsx";
import "./states.css";
import type { Reach } from "./widget.tsx";
import { languageOf, say } from "./words.ts";

/** The bones of what will come, so that nothing jumps when it does; `of` a whole widget, or of a part of one. */
export function Loading({ of }: { of?: WidgetName }) {
  return (
    <section class="bones" role="status" aria-busy="true">
      {of ? <h1 class="unseen">{say("loading")}</h1> : <span class="unseen">{say("loading")}</span>}
      {BONES[of ?? "activity-list"]}
    </section>
  );
}

const LINES = <><i class="line" /><i class="line" /><i class="line short" /></>;
const TILE = <div><i class="tile" /><i class="title" /><i class="line" /><i class="line short" /></div>;
const BONES: Readonly<Record<WidgetName, ComponentChildren>> = {
  "property-list": <><i class="line short" /><div class="grid">{TILE}{TILE}{TILE}</div></>,
  "property-deck": TILE,
  "property-detail": <><div class="grid">{TILE}<div>{LINES}{LINES}</div></div><i class="pill" /></>,
  "property-compare": <><i class="bar" /><i class="bar" /><i class="bar" /><i class="bar" /></>,
  "confirm-action": <><i class="title" />{LINES}<i class="pill" /></>,
  "activity-list": <><i class="bar" /><i class="bar" /><i class="bar" /></>,
  "cost-breakdown": <><i class="title" /><div class="grid">{TILE}<div>{LINES}{LINES}</div></div><i class="bar" /></>,
  "listing-editor": <><i class="title" /><div class="grid"><div>{LINES}{LINES}</div></div><i class="bar" /><i class="pill" /></>,
  "visit-planner": <><i class="title" /><div class="grid"><i class="bar" /><i class="bar" /><i class="bar" /></div>{LINES}<i class="pill" /></>,
  "visit-list": <><i class="title" /><i class="bar" /><i class="bar" /><i class="bar" /></>,
  "owner-board": <><i class="title" />{TILE}{TILE}</>,
  "verification-queue": <><i class="title" /><div class="grid">{TILE}<div>{LINES}{LINES}</div></div><i class="bar" /><i class="bar" /></>,
  "watch-list": <><i class="title" /><i class="bar" /><i class="bar" /><i class="bar" /></>,
  inbox: <><i class="title" /><i class="bar" /><i class="bar" /><i class="bar" /></>,
};

export function Cancelled() {
  return <Note whole title={say("cancelled")} kind="cancelled" icon="stop" />;
}

export function Homeless() {
  return <Note whole title={say("homeless")} icon="maybe" />;
}

/** Nothing was found, and what would find something. */
export function Empty({ title, icon = "search", children }: { title: string; icon?: IconName; children?: ComponentChildren }) {
  return <Note title={title} icon={icon}>{children}</Note>;
}

/** The host keeps answers from widgets: the words of the answer are shown as they are. */
export function TextOnly({ text }: { text: string }) {
  return (
    <Note whole title={say("textOnly")} icon="list">
      {text && <p class="said" lang={languageOf(text)}>{text}</p>}
    </Note>
  );
}

/** Without a network: a strip over what is still shown, or with `retry` instead of it. */
export function Offline({ retry }: { retry?: (() => void) | undefined }) {
  if (!retry) return <p class="strip" role="status"><Icon name="cloud" />{say("offline")}</p>;
  return (
    <Note whole title={say("offlineNow")} kind="offline" icon="cloud">
      <Button onClick={retry}>{say("retry")}</Button>
    </Note>
  );
}

interface RefusedProps {
  refusal: Refusal;
  reach: Reach;
  /** Is all that the widget shows. */
  whole?: boolean;
}

/** What a tool said instead of an answer, with the way on: a sign-in, or another try. */
export function Refused({ refusal, reach, retry, whole = false }: RefusedProps & { retry?: (() => void) | undefined }) {
  if (refusal.code === SIGN_IN_REQUIRED) return <SignedOut refusal={refusal} reach={reach} whole={whole} />;
  if (refusal.code === UNREADABLE) return <TextOnly text={refusal.message} />;
  const said = refusal.code === UNREACHABLE ? say("unreachable") : refusal.message;
  return (
    <Note whole={whole} title={said || say("failed")} kind="failed" icon="doubt">
      {retry && <Button kind="secondary" onClick={retry}>{say("retry")}</Button>}
    </Note>
  );
}

/** The way to sign in is the host's: it is asked for in the conversation. A page of ours has its own. */
export function SignedOut({ refusal, reach, whole = false }: RefusedProps) {
  const [told, tell] = useState(false);
  const enter = async (): Promise<void> => {
    const { host, context } = reach;
    const done = context.signIn ? await host.open(context.signIn) : await host.say(say("signInPlease"));
    if (!done) tell(true);
  };
  return (
    <Note whole={whole} title={refusal.message || say("signedOut")} kind="signed-out" icon="lock">
      {told ? <p role="status">{say("signInHere")}</p> : <Button onClick={() => void enter()}>{say("signIn")}</Button>}
    </Note>
  );
}

interface NoteProps {
  title: string;
  kind?: string;
  icon: IconName;
  whole?: boolean;
  children?: ComponentChildren;
}

function Note({ title, kind = "", icon, whole = false, children }: NoteProps) {
  const Heading = whole ? "h1" : "h2";
  return (
    <section class={`state ${kind}`} role={kind === "failed" ? "alert" : "status"}>
      <span class="badge"><Icon name={icon} /></span>
      <Heading lang={languageOf(title)}>{title}</Heading>
      <div class="rest">{children}</div>
    </section>
  );
}
