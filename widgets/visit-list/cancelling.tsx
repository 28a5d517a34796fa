// Cancelling a visit, once more asked, and why.

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { Button, Row } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import type { CancelVisit } from "../types/tools.ts";
import type { Visit } from "./list.ts";
import { say } from "./words.ts";

type Reason = NonNullable<CancelVisit["reason"]>;
const OF_VISITORS: readonly Reason[] = ["plans_changed", "found_another", "cannot_come", "other"];
const OF_HOSTS: readonly Reason[] = ["cannot_come", "no_longer_offered", "plans_changed", "other"];

interface Asks {
  readonly visit: Visit;
  readonly reach: Reach;
  readonly shut: () => void;
  readonly done: (became: Visit) => void;
}

export function Cancelling({ visit, reach, shut, done }: Asks) {
  const name = useId();
  const first = useRef<HTMLFieldSetElement>(null);
  const [reason, choose] = useState<Reason | null>(null);
  const [busy, set] = useState(false);
  const [refusal, refuse] = useState<Refusal | null>(null);
  useLayoutEffect(() => first.current?.querySelector("input")?.focus(), []);
  const cancel = async (): Promise<void> => {
    set(true);
    refuse(null);
    const outcome = await reach.call("cancel_visit", { id: visit.id, reason });
    set(false);
    if (outcome.ok) done(outcome.answer);
    else refuse(outcome.refusal);
  };
  return (
    <div class="inset" onKeyDown={(event) => event.key === "Escape" && !busy && shut()}>
      <fieldset ref={first}>
        <legend>{say("why")}</legend>
        <p class="aside">{say("whyLead")}</p>
        {(visit.side === "host" ? OF_HOSTS : OF_VISITORS).map((each) => (
          <label key={each} class="option">
            <input type="radio" name={name} checked={each === reason} onChange={() => choose(each)} />
            {say(each)}
          </label>
        ))}
      </fieldset>
      {refusal && <Refused refusal={refusal} reach={reach} />}
      <Row>
        <Button small kind="danger" busy={busy} onClick={() => void cancel()}>{say("doCancel")}</Button>
        <Button small kind="secondary" onClick={shut}>{say("keep")}</Button>
      </Row>
    </div>
  );
}
