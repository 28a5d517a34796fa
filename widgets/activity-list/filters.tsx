// What is shown of the list: which kind of thing, and since when.

import { useId, useRef } from "preact/hooks";
import { day } from "../lib/format.ts";
import { toolName } from "../lib/told.ts";
import type { List } from "./list.ts";
import { say } from "./words.ts";

const DAY = 86_400_000;
const PERIODS = { always: 0, week: 7, month: 30 } as const;

type Period = keyof typeof PERIODS;

export function Filters({ list }: { list: List }) {
  const id = useId();
  const { query: { tool, since } } = list;
  const kinds = useKinds(list);
  const period = useRef<Period | "">(since ? "" : "always");
  const choose = (chosen: Period): void => {
    period.current = chosen;
    const days = PERIODS[chosen];
    list.ask({ since: days ? new Date(Date.now() - days * DAY).toISOString() : null });
  };
  if (!since) period.current = "always";
  return (
    <div class="filters">
      <span>
        <label for={`${id}-kind`}>{say("show")}</label>
        <select id={`${id}-kind`} value={tool ?? ""} onChange={(event) => list.ask({ tool: event.currentTarget.value || null })}>
          <option value="">{say("everything")}</option>
          {kinds.map(([name, what]) => {
            const { text, lang } = toolName(name, what);
            return <option key={name} value={name} lang={lang}>{text}</option>;
          })}
        </select>
      </span>
      <span>
        <label for={`${id}-since`}>{say("when")}</label>
        <select id={`${id}-since`} value={period.current} onChange={(event) => choose(event.currentTarget.value as Period)}>
          {period.current === "" && since && <option value="">{say("since")(day(since))}</option>}
          {(Object.keys(PERIODS) as Period[]).map((each) => <option key={each} value={each}>{say(each)}</option>)}
        </select>
      </span>
    </div>
  );
}

/** The tools that were seen in this list so far, and the one that is asked for. */
function useKinds({ items, query }: List): (readonly [string, string | undefined])[] {
  const seen = useRef(new Map<string, string | undefined>());
  for (const { tool, what } of items) seen.current.set(tool, what);
  if (query.tool && !seen.current.has(query.tool)) seen.current.set(query.tool, undefined);
  return [...seen.current].sort(([one], [other]) => (one < other ? -1 : 1));
}
