// Whether something was, or can be, taken back: for whoever only looks.

import { moment } from "../lib/format.ts";
import { Icon } from "../lib/icons.tsx";
import type { Activity } from "../types/tools.ts";
import { say } from "./words.ts";

export function Standing({ activity: { undo, undo_until, undone_at }, now }: { activity: Activity; now: number }) {
  if (undone_at !== null) return <p class="stands"><Icon name="undo" />{say("takenOn")(moment(undone_at))}</p>;
  if (undo === null || undo === "done" || undo_until === null) return null;
  const late = undo === "over" || Date.parse(undo_until) <= now;
  return <p class="stands">{late ? say("over") : say("possible")(moment(undo_until))}</p>;
}
