// A comparison whole: the table, and what can be done with a property of it.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Card, heading, where } from "../lib/cards.tsx";
import { Announcement, Button } from "../lib/parts.tsx";
import { Screen } from "../lib/screen.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf, spoken } from "../lib/words.ts";
import { Opened } from "../property-detail/detail.tsx";
import { useKept } from "../property-detail/keep.tsx";
import { say as detailed } from "../property-detail/words.ts";
import type { Comparison } from "../types/tools.ts";
import { type Column, columns, rows } from "./reading.ts";
import { Table } from "./table.tsx";
import { say } from "./words.ts";

const LEAST = 2;

/** Properties side by side. `back` leads to whatever they were chosen in. */
export function Compare({ comparison, reach }: { comparison: Comparison; reach: Reach }) {
  const [gone, setGone] = useState<readonly number[]>([]);
  const [open, setOpen] = useState<number | null>(null);
  const keeping = useKept(reach);
  const all = columns(comparison);
  const shown = all.filter(({ card }) => !gone.includes(card.id));
  const place = useRef<HTMLElement>(null);
  const next = useRef("");
  const change = (left: readonly number[], heir: string): void => {
    next.current = heir;
    setGone(left);
    tell(reach, all.filter(({ card }) => !left.includes(card.id)), left);
  };
  useLayoutEffect(() => {
    // The button that was pressed is gone now.
    if (next.current) place.current?.querySelector<HTMLElement>(next.current)?.focus();
  }, [gone]);
  useReturned(place, open);
  if (open !== null) return <Opened id={open} reach={reach} back={{ said: say("back"), go: () => setOpen(null) }} />;
  const remove = shown.length > LEAST ? (card: Card): void => change([...gone, card.id], ".compare-removed button") : undefined;
  const putBack = (): void => change(gone.slice(0, -1), `[data-property="${gone.at(-1)}"] button`);
  const doing = { ...keeping, keep: ({ id }: Card) => keeping.turn(id), open: ({ id }: Card) => setOpen(id), remove };
  return (
    <article class="comparison" ref={place}>
      <header class="compare-top">
        <h1>{say("title")(shown.length)}</h1>
        <Screen reach={reach} />
      </header>
      <Removed card={all.find(({ card }) => card.id === gone.at(-1))?.card} putBack={putBack} />
      {keeping.refusal && <Refused refusal={keeping.refusal} reach={reach} retry={keeping.again} />}
      <Table columns={shown} rows={rows(comparison, shown)} doing={doing} />
      <Announcement unseen>{keeping.done && detailed(keeping.done)}</Announcement>
      <Demo text={comparison.demo} />
    </article>
  );
}

/** Gives the focus back to where a property was opened, once it is shut. */
function useReturned(place: { readonly current: HTMLElement | null }, open: number | null): void {
  const last = useRef<number | null>(null);
  useLayoutEffect(() => {
    const opener = `[data-property="${last.current}"] .button-secondary`;
    if (open === null && last.current !== null) place.current?.querySelector<HTMLElement>(opener)?.focus();
    last.current = open;
  }, [open]);
}

function Removed({ card, putBack }: { card: Card | undefined; putBack: () => void }) {
  return (
    <div class="compare-removed">
      <Announcement>{card && say("removed")(`${heading(card)}, ${where(card)}`)}</Announcement>
      {card && <Button kind="quiet" small icon="undo" onClick={putBack}>{say("putBack")}</Button>}
    </div>
  );
}

function Demo({ text }: { text: string | null }) {
  if (!text) return null;
  const said = spoken() === "hi" ? say("demo") : text;
  return <p class="compare-note" lang={languageOf(said)}>{said}</p>;
}

function tell({ host }: Reach, left: readonly Column[], gone: readonly number[]): void {
  const ids = left.map(({ card }) => card.id);
  const removed = gone.length > 0 ? ` They removed ${gone.join(", ")}.` : "";
  void host.tell(`The person is comparing properties ${ids.join(", ")} now.${removed}`, { comparing: ids });
}
