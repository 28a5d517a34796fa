// One listing that waits: a line to know it by, all of it once it is opened, and what became of it.

import { useEffect, useState } from "preact/hooks";
import { moment } from "../lib/format.ts";
import { Icon } from "../lib/icons.tsx";
import { Score } from "../lib/looked.tsx";
import { Button } from "../lib/parts.tsx";
import { photoAddress, widths } from "../lib/photos.ts";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import { Deciding } from "./deciding.tsx";
import { type Queue, type Settled, type Submission, titled } from "./queue.ts";
import { Whole, asking } from "./whole.tsx";
import { say } from "./words.ts";

interface EntryProps {
  readonly item: Submission;
  readonly queue: Queue;
  readonly reach: Reach;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly done: () => void;
}

export const place = (item: Submission): string => `waits-${item.id}`;

export function Entry({ item, queue, reach, open, toggle, done }: EntryProps) {
  const settled = queue.settled(item);
  const title = titled(item);
  return (
    <li class={`waits${settled ? ` settled ${settled.how}` : ""}`} id={place(item)} tabIndex={-1} aria-label={title}>
      <header>
        {!open && <Cover photo={item.photos[0] ?? null} />}
        <div class="told">
          <h2 lang={languageOf(title)}>{title}</h2>
          <p class="asks"><strong>{asking(item)}</strong></p>
          {settled ? <Became settled={settled} /> : <Standing item={item} />}
        </div>
        {!settled && (
          <Button small kind={open ? "quiet" : "secondary"} icon={open ? "minus" : "search"} expanded={open} label={say("of")(say(open ? "fold" : "look"), title)} onClick={toggle}>
            {say(open ? "fold" : "look")}
          </Button>
        )}
      </header>
      {open && !settled && <Whole item={item} reach={reach} />}
      {open && !settled && <Deciding item={item} queue={queue} reach={reach} done={done} />}
    </li>
  );
}

function Standing({ item: { submitted_at: since, submission, findings, score } }: { item: Submission }) {
  const doubts = findings.filter(({ verdict }) => verdict === "doubtful").length;
  return (
    <p class="standing">
      <span>{say("since")(moment(since))}</span>
      {submission > 1 && <span class="badge">{say("nth")(submission)}</span>}
      {doubts > 0 && <span class="badge doubtful"><Icon name="doubt" />{say("doubts")(doubts)}</span>}
      <Score of={score} />
    </p>
  );
}

const ICONS = { approve: "yes", ask_for_changes: "undo", reject: "no", elsewhere: "person" } as const;
const BECAME = { approve: "approved", ask_for_changes: "changesAsked", reject: "rejected", elsewhere: "elsewhere" } as const;

/** What was decided, here or by somebody else. */
function Became({ settled: { how, said } }: { settled: Settled }) {
  return (
    <div class="became">
      <p><Icon name={ICONS[how]} /><b>{say(BECAME[how])}</b></p>
      {said && how === "elsewhere" && <p lang={languageOf(said)}>{said}</p>}
      {said && how !== "elsewhere" && <p>{say("told")} <q lang={languageOf(said)}>{said}</q></p>}
    </div>
  );
}

/** The words that tell what became of a listing. */
export const aloud = (settled: Settled): string => `${say(BECAME[settled.how])} ${settled.how === "elsewhere" ? settled.said : ""}`.trim();

function Cover({ photo }: { photo: string | null }) {
  const address = photoAddress(photo);
  const [broken, breaks] = useState(false);
  useEffect(() => breaks(false), [address]);
  return address !== null && !broken
    ? <img class="cover" src={address} {...widths(address, "6rem")} alt="" width={96} height={72} onError={() => breaks(true)} />
    : <span class="cover none"><Icon name="place" /></span>;
}
