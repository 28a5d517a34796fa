// What a watch found, the newest first.

import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { type Amount, day, price, rupees } from "../lib/format.ts";
import { Button } from "../lib/parts.tsx";
import { joined } from "../lib/paged.ts";
import { pageOf } from "../lib/share.tsx";
import { Loading, Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { ShownChange } from "../types/tools.ts";
import type { Watch } from "./list.ts";
import { say } from "./words.ts";

interface Heard {
  readonly items: readonly ShownChange[];
  readonly next: string | null;
}

export function Found({ watch, reach }: { watch: Watch; reach: Reach }) {
  const [heard, hear] = useState<Heard | null>(null);
  const [refusal, refuse] = useState<Refusal | null>(null);
  const [busy, work] = useState(false);
  const look = async (before: Heard | null): Promise<void> => {
    work(true);
    refuse(null);
    const outcome = await reach.call("watch_changes", { watch_id: watch.id, ...(before?.next ? { cursor: before.next } : {}) });
    work(false);
    if (outcome.ok) hear({ items: joined(before?.items ?? [], outcome.answer.items), next: outcome.answer.next_cursor });
    else refuse(outcome.refusal);
  };
  useEffect(() => void look(null), [watch.id]);
  if (refusal) return <Refused refusal={refusal} reach={reach} retry={() => void look(heard)} />;
  if (!heard) return <Loading />;
  if (heard.items.length === 0) return <p class="soft">{say("nothing")}</p>;
  return (
    <div class="found">
      <ul aria-label={say("of")(say("found"), watch.name)}>{heard.items.map((each) => <News key={each.id} news={each} reach={reach} />)}</ul>
      {heard.next && <Button small kind="secondary" busy={busy} onClick={() => void look(heard)}>{say(busy ? "loading" : "older")}</Button>}
    </div>
  );
}

function News({ news, reach }: { news: ShownChange; reach: Reach }) {
  const { kind, title, property_id: id, purpose, before, after, at, offered } = news;
  const said = (amount: Amount): string => (purpose ? price({ price: amount, purpose }) : rupees(amount));
  const name = title ?? say(id === null ? "middle" : "one");
  const page = offered && id !== null ? pageOf(id) : null;
  return (
    <li class={kind}>
      <p><b class="kind">{say(kind === "paused" ? "paused_" : kind)}</b> <span lang={languageOf(name)}>{name}</span></p>
      <p class="soft">
        {after !== null && <strong>{said(after)}</strong>} {before !== null && before !== after && <span>{say("was")(said(before))}</span>} <time dateTime={at}>{day(at)}</time>
      </p>
      {page && <Button small kind="quiet" icon="out" label={say("of")(say("page"), name)} onClick={() => void reach.host.open(page).catch(() => false)}>{say("page")}</Button>}
    </li>
  );
}
