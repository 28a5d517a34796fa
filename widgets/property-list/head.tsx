// What is searched for, as it was understood, and how to change it.

import { useState } from "preact/hooks";
import { distance } from "../lib/format.ts";
import { Button, Chip, Choice, Row } from "../lib/parts.tsx";
import { Screen } from "../lib/screen.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import { FilterSheet } from "./filters.tsx";
import { type Question, type Sort, changed, held, holding, takenOff, without } from "./question.ts";
import type { Searching } from "./searching.ts";
import { say } from "./words.ts";

export type Side = "list" | "map";

interface HeadProps {
  readonly searching: Searching;
  readonly reach: Reach;
  readonly side: Side;
  /** Missing where both sides are seen, or there is only one. */
  readonly turn?: ((side: Side) => void) | undefined;
}

export function Head({ searching, reach, side, turn }: HeadProps) {
  const { found, question } = searching;
  const count = found.items.length;
  return (
    <header class="asked">
      <div class="line">
        <h1 tabIndex={-1}>{question ? say("found")(count, found.next !== null) : say("similar")(count)}</h1>
        <Screen reach={reach} />
        {turn && <Choice label={say("view")} value={side} choose={turn} options={[["list", say("list"), "list"], ["map", say("map"), "map"]]} />}
        {question && <Tools question={question} searching={searching} />}
      </div>
      {question && <Wishes question={question} searching={searching} />}
    </header>
  );
}

const SORTS: readonly Sort[] = ["best", "price", "price_desc", "price_per_sqft", "newest", "distance"];

function Tools({ question, searching }: { question: Question; searching: Searching }) {
  const [open, set] = useState(false);
  const filters = holding(question, searching.found.understood);
  const near = question.area === null && (filters.near.length > 0 || filters.lat !== null);
  const sort = question.given.sort ?? "best";
  const order = (value: Sort): void => searching.search({ given: { ...without(question.given, ["sort"]), sort: value }, area: question.area });
  return (
    <div class="tools">
      <select aria-label={say("sort")} value={sort} onChange={(event) => order(event.currentTarget.value as Sort)}>
        {SORTS.filter((each) => near || each !== "distance" || sort === each).map((each) => <option key={each} value={each}>{say(each)}</option>)}
      </select>
      <Button kind="secondary" small onClick={() => set(true)}>{say("filters")}</Button>
      {open && <FilterSheet filters={filters} close={() => set(false)} send={(changes) => searching.search(changed(question, changes))} />}
    </div>
  );
}

/** The filters that hold, each with a way to take it off; and what was not understood. */
function Wishes({ question, searching }: { question: Question; searching: Searching }) {
  const { understood } = searching.found;
  const chips = held(question, understood);
  const { radius, lat } = question.area === null ? question.given : {};
  const off = (rest: Question, text: string) => (
    <Chip key={text} label={say("takeOff")(text)} remove={() => searching.search(rest)}><span lang={languageOf(text)}>{text}</span></Chip>
  );
  const unread = understood?.unread ?? [];
  const wished = understood?.wishes ?? [];
  if (chips.length + unread.length + wished.length === 0 && radius == null && lat == null) return null;
  return (
    <Row label={say("understood")}>
      {chips.map(({ text, rest }) => off(rest, text))}
      {lat != null && off(takenOff(question, "lat"), say("point"))}
      {radius != null && off(takenOff(question, "radius"), say("radius")(distance(radius)))}
      {wished.length > 0 && <Chip><span>{say("wished")(wished.join(", "))}</span></Chip>}
      {unread.length > 0 && <Chip odd><span>{say("unread")(unread.join(" "))}</span></Chip>}
    </Row>
  );
}
