// What a person can do with a property: keep it, ask to see it, ask whom to call.

import { useId, useState } from "preact/hooks";
import { Announcement, Button } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { say as common } from "../lib/words.ts";
import type { PropertyDetails } from "../types/tools.ts";
import { Asked, useAsk } from "./asking.tsx";
import { type Keeping, useKeeping } from "./keep.tsx";
import { Visit } from "./visit.tsx";
import { say } from "./words.ts";

type Acts = { readonly property: PropertyDetails; readonly reach: Reach };

export function Actions({ property, reach }: Acts) {
  const keeping = useKeeping(property.id, reach);
  const [visiting, setVisiting] = useState(false);
  const [contact, show, forget] = useAsk(() => reach.call("reveal_contact", { property_id: property.id }));
  const id = useId();
  return (
    <section class="actions" aria-label={say("actions")}>
      <div class="buttons">
        <Button icon="calendar" expanded={visiting} onClick={() => setVisiting(!visiting)}>{say("visit")}</Button>
        <Button kind="secondary" icon="heart" busy={keeping.busy} pressed={keeping.kept} onClick={keeping.turn}>{say(keeping.kept ? "kept" : "keep")}</Button>
        <Button kind="secondary" icon="person" busy={contact.kind === "asking"} onClick={() => show(undefined)}>{say("contact")}</Button>
      </div>
      <Kept keeping={keeping} reach={reach} />
      {visiting && <div class="panel-inside" id={id}><Visit property={property} reach={reach} shut={() => setVisiting(false)} /></div>}
      {contact.kind === "refused" && <Refused refusal={contact.refusal} reach={reach} retry={() => show(undefined)} />}
      {contact.kind === "asked" && <div class="panel-inside"><Asked outcome={contact.outcome} reach={reach} again={forget} /></div>}
    </section>
  );
}

function Kept({ keeping, reach }: { keeping: Keeping; reach: Reach }) {
  const { done, refusal, kept, busy, turn } = keeping;
  return (
    <>
      {refusal && <Refused refusal={refusal} reach={reach} retry={turn} />}
      <Announcement>
        {done && <span>{say(done)} </span>}
        {kept && done && !busy && <Button kind="quiet" small onClick={turn}>{done === "wasKept" ? say("unkeep") : common("undo")}</Button>}
      </Announcement>
    </>
  );
}
