// One thing that was done: when, by whom or what, what it changed, and whether it can be taken back.

import { Icon } from "../lib/icons.tsx";
import { moment, time } from "../lib/format.ts";
import { toolName } from "../lib/told.ts";
import type { Reach } from "../lib/widget.tsx";
import type { Activity } from "../types/tools.ts";
import { Changes, Subjects } from "./changes.tsx";
import { Standing } from "./standing.tsx";
import { Undo } from "./undo.tsx";
import { say } from "./words.ts";

interface EntryProps {
  activity: Activity;
  /** Whose list it is; null where that cannot be told. */
  whose: number | null;
  /** Whether an admin looks at somebody else's. */
  admin: boolean;
  now: number;
  reach: Reach;
  changed: (activity: Activity) => void;
}

export function Entry({ activity, whose, admin, now, reach, changed }: EntryProps) {
  const name = toolName(activity.tool, activity.what);
  const own = whose === null || activity.person_id === whose;
  return (
    <li class="entry" id={`activity-${activity.id}`} tabIndex={-1}>
      <time dateTime={activity.at} title={moment(activity.at)}>{time(activity.at)}</time>
      <div class="what-done">
        <h3 lang={name.lang}>{name.text}</h3>
        <p class="by">
          <By activity={activity} own={own} admin={admin} />
          <Subjects touched={activity.touched} />
          {activity.ticket !== null && <span><Icon name="yes" />{say(admin ? "confirmedTheirs" : "confirmed")}</span>}
          {activity.undoes !== null && <span><Icon name="undo" />{say("tookBack")}</span>}
        </p>
        <Changes touched={activity.touched} />
        {admin || !own
          ? <Standing activity={activity} now={now} />
          : <Undo activity={activity} name={name.text} now={now} reach={reach} changed={changed} />}
      </div>
    </li>
  );
}

/** By which app or browser, or by whom where it was somebody else. */
function By({ activity: { client, surface, person_id, whose_id }, own, admin }: { activity: Activity; own: boolean; admin: boolean }) {
  const with_ = client === null ? say(`over_${surface}`) : <bdi>{client}</bdi>;
  if (person_id === null) return <span>{say("byPlatform")}</span>;
  if (!admin) return own ? <span>{with_}</span> : <span>{say("byStaff")}</span>;
  return (
    <>
      <span>{with_}</span>
      {!own && <span>{say("byPerson")(person_id)}</span>}
      {own && whose_id !== null && <span>{say("toPerson")(whose_id)}</span>}
    </>
  );
}
