// What a person can do with a property: keep it, ask to see it, ask whom to call.

import { useState } from "preact/hooks";
import { Announcement, Button } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { say as common } from "../lib/words.ts";
import type { PropertyDetails } from "../types/tools.ts";
import { Asked, useAsk } from "./asking.tsx";
import { type Keeping, useKept } from "./keep.tsx";
import { Visit } from "./visit.tsx";
import { say } from "./words.ts";

type Acts = { readonly property: PropertyDetails; readonly reach: Reach };

export function Actions({ property, reach }: Acts) {
  const keeping = useKept(reach);
  const [visiting, setVisiting] = useState(false);
  const [contact, show, forget] = useAsk(() => reach.call("reveal_contact", { property_id: property.id }));
  const kept = keeping.kept(property.id);
  return (
    <section class="actions" aria-label={say("actions")}>
      <div class="buttons">
        <Button icon="calendar" expanded={visiting} onClick={() => setVisiting(!visiting)}>{say("visit")}</Button>
        <Button kind="secondary" icon="heart" busy={keeping.keeping !== null} pressed={kept} onClick={() => keeping.turn(property.id)}>{say(kept ? "kept" : "keep")}</Button>
        <Button kind="secondary" icon="person" busy={contact.kind === "asking"} onClick={() => show(undefined)}>{say("contact")}</Button>
      </div>
      <Kept id={property.id} keeping={keeping} reach={reach} />
      {visiting && <div class="panel-inside"><Visit property={property} reach={reach} shut={() => setVisiting(false)} /></div>}
      {contact.kind === "refused" && <Refused refusal={contact.refusal} reach={reach} retry={() => show(undefined)} />}
      {contact.kind === "asked" && <div class="panel-inside"><Asked outcome={contact.outcome} reach={reach} again={forget} leave={common("close")} /></div>}
    </section>
  );
}

function Kept({ id, keeping, reach }: { id: number; keeping: Keeping; reach: Reach }) {
  const { done, refusal, kept, turn, again } = keeping;
  return (
    <>
      {refusal && <Refused refusal={refusal} reach={reach} retry={again} />}
      <Announcement>
        {done && <span>{say(done)} </span>}
        {kept(id) && done && <Button kind="quiet" small onClick={() => turn(id)}>{done === "wasKept" ? say("unkeep") : common("undo")}</Button>}
      </Announcement>
    </>
  );
}
