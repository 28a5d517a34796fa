// What a widget shows when it has no answer to show.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Refusal, SIGN_IN_REQUIRED } from "./client.ts";
import { say } from "./words.ts";
import type { Reach } from "./widget.tsx";

export function Loading() {
  return (
    <section class="state loading" role="status" aria-label={say("loading")}>
      <i /><i /><i />
    </section>
  );
}

export function Cancelled() {
  return <Note title={say("cancelled")} />;
}

export function Homeless() {
  return <Note title={say("homeless")} />;
}

/** Nothing was found, and what would find something. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return <Note title={title}>{children}</Note>;
}

/** The host keeps answers from widgets: the words of the answer are shown as they are. */
export function TextOnly({ text }: { text: string }) {
  return (
    <Note title={say("textOnly")}>
      {text.split("\n").map((line) => <p>{line}</p>)}
    </Note>
  );
}

export function Offline({ retry }: { retry?: () => void }) {
  return (
    <Note title={say("offline")} kind="offline">
      {retry && <button type="button" class="button" onClick={retry}>{say("retry")}</button>}
    </Note>
  );
}

/** What a tool said instead of an answer, with the way on: a sign-in, or another try. */
export function Refused({ refusal, reach, retry }: { refusal: Refusal; reach: Reach; retry?: () => void }) {
  if (refusal.code === SIGN_IN_REQUIRED) return <SignedOut refusal={refusal} reach={reach} />;
  return (
    <Note title={refusal.message || say("failed")} kind="failed">
      {retry && <button type="button" class="button-secondary" onClick={retry}>{say("retry")}</button>}
    </Note>
  );
}

/** The way to sign in is the host's: it is asked for in the conversation. A page of ours has its own. */
export function SignedOut({ refusal, reach }: { refusal: Refusal; reach: Reach }) {
  const [told, tell] = useState(false);
  const enter = async (): Promise<void> => {
    const { host, context } = reach;
    const done = context.signIn ? await host.open(context.signIn) : await host.say(say("signInPlease"));
    if (!done) tell(true);
  };
  return (
    <Note title={refusal.message || say("signedOut")} kind="signed-out">
      {told ? <p>{say("signInHere")}</p> : <button type="button" class="button" onClick={() => void enter()}>{say("signIn")}</button>}
    </Note>
  );
}

function Note({ title, kind = "", children }: { title: string; kind?: string; children?: ComponentChildren }) {
  return (
    <section class={`state ${kind}`} role={kind === "failed" ? "alert" : "status"}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
