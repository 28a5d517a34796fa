// What a person can do with a property: keep it, ask to see it, ask whom to call.

import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { Asked, type Asking, useAsk } from "../lib/asking.tsx";
import { Announcement, Button } from "../lib/parts.tsx";
import { Planner } from "../lib/planner.tsx";
import { say as sharing } from "../lib/share-words.ts";
import { type Shared, SharedNote, useShare } from "../lib/share.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { say as common } from "../lib/words.ts";
import type { Contact, PropertyDetails } from "../types/tools.ts";
import { type Keeping, useKept } from "./keep.tsx";
import { say } from "./words.ts";

interface Acts {
  readonly id: number;
  readonly reach: Reach;
  readonly keeping: Keeping;
  readonly visiting: boolean;
  readonly visit: (open: boolean) => void;
  readonly contact: Asking<"reveal_contact">;
  readonly show: () => void;
  readonly forget: () => void;
  readonly link: string;
  readonly shared: Shared | null;
  readonly share: () => void;
  /** The buttons, which get the focus back from what goes. */
  readonly row: RefObject<HTMLDivElement | null>;
}

const BUTTONS = ["visit", "keep", "contact"] as const;

function refocus({ row }: Pick<Acts, "row">, button: (typeof BUTTONS)[number]): void {
  row.current?.querySelectorAll("button")[BUTTONS.indexOf(button)]?.focus();
}

/** What is being done with a property. */
export function useActs({ id, link }: PropertyDetails, reach: Reach): Acts {
  const keeping = useKept(reach);
  const [visiting, visit] = useState(false);
  const [contact, show, forget] = useAsk(() => reach.call("reveal_contact", { property_id: id }));
  const [shared, share] = useShare(link, reach);
  const row = useRef<HTMLDivElement>(null);
  return { id, reach, keeping, visiting, visit, contact, show: () => show(undefined), forget, link, shared, share, row };
}

export function Buttons({ acts: { id, keeping, visiting, visit, contact, show, share, row } }: { acts: Acts }) {
  const kept = keeping.kept(id);
  return (
    <div class="buttons" role="group" aria-label={say("actions")} ref={row}>
      <Button icon="calendar" expanded={visiting} onClick={() => visit(!visiting)}>{say("visit")}</Button>
      <Button kind="secondary" icon="heart" busy={keeping.keeping !== null} pressed={kept} onClick={() => keeping.turn(id)}>
        {say(kept ? "kept" : "keep")}
      </Button>
      <Button kind="secondary" icon="person" busy={contact.kind === "asking"} onClick={show}>{say("contact")}</Button>
      <Button kind="quiet" icon="share" onClick={share}>{sharing("share")}</Button>
    </div>
  );
}

/** What has come of the buttons. */
export function Doings({ acts }: { acts: Acts }) {
  const { id, reach, visiting, visit, contact, show, forget } = acts;
  const shut = (): void => {
    visit(false);
    refocus(acts, "visit");
  };
  const close = (): void => {
    forget();
    refocus(acts, "contact");
  };
  return (
    <div class="doings">
      <Kept acts={acts} />
      <SharedNote shared={acts.shared} link={acts.link} />
      {visiting && <div class="inset"><Planner property={id} reach={reach} shut={shut} /></div>}
      {contact.kind === "refused" && <Refused refusal={contact.refusal} reach={reach} retry={show} />}
      {contact.kind === "asked" && (
        <Asked
          outcome={contact.outcome} reach={reach} again={close} leave={common("close")}
          done={(answer) => "contact" in answer && <Shown contact={answer} />}
        />
      )}
    </div>
  );
}

function Shown({ contact }: { contact: Contact }) {
  return (
    <>
      <p>{say("reach")}: <b>{contact.name} {contact.contact}</b></p>
      <p>{say("shownThem")}: {contact.shown_to_them}</p>
    </>
  );
}

function Kept({ acts }: { acts: Acts }) {
  const { id, reach, keeping: { done, refusal, kept, turn, again } } = acts;
  const drop = (): void => {
    turn(id);
    refocus(acts, "keep");
  };
  return (
    <>
      {refusal && <Refused refusal={refusal} reach={reach} retry={again} />}
      <Announcement>
        {done && <span>{say(done)} </span>}
        {kept(id) && done && <Button kind="quiet" small onClick={drop}>{done === "wasKept" ? say("unkeep") : common("undo")}</Button>}
      </Announcement>
    </>
  );
}
