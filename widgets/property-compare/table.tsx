// Properties side by side: a table whose first column and heads stay in sight.

import { useId } from "preact/hooks";
import { type Card, Picture, heading, where } from "../lib/cards.tsx";
import { price } from "../lib/format.ts";
import { Icon } from "../lib/icons.tsx";
import { Button, IconButton } from "../lib/parts.tsx";
import { languageOf } from "../lib/words.ts";
import "./compare.css";
import { type Cell, type Column, type Row, alike, doubtful } from "./reading.ts";
import { say } from "./words.ts";

export interface Doing {
  readonly open: (card: Card) => void;
  /** Missing where too few would be left to compare. */
  readonly remove?: ((card: Card) => void) | undefined;
  readonly kept: (id: number) => boolean;
  readonly keeping: number | null;
  readonly keep: (card: Card) => void;
}

/** What stands side by side. A table of its own roles, since its rows are laid out as grids. */
export function Table({ columns, rows, doing }: { columns: readonly Column[]; rows: readonly Row[]; doing: Doing }) {
  const differ = rows.filter((row) => row.differs);
  const alikeRows = rows.filter((row) => !row.differs);
  return (
    <div class="compare-window" tabIndex={0} role="region" aria-label={say("scroll")}>
      <div class="compare" role="table" aria-label={say("title")(columns.length)} style={{ "--columns": columns.length }}>
        <Heads columns={columns} doing={doing} />
        {differ.length > 0 ? <Rows title={say("differ")} rows={differ} /> : <p class="compare-none">{say("allAlike")}</p>}
        {alikeRows.length > 0 && <Rows title={say("alike")} rows={alikeRows} quiet />}
      </div>
    </div>
  );
}

function Heads({ columns, doing }: { columns: readonly Column[]; doing: Doing }) {
  const cards = columns.map(({ card }) => card);
  return (
    <div role="rowgroup">
      <div role="row" class="compare-heads">
        <div role="columnheader" class="compare-what"><span class="unseen">{say("what")}</span></div>
        {cards.map((card) => <Head key={card.id} card={card} doing={doing} comparable={alike(cards)} />)}
      </div>
    </div>
  );
}

function Head({ card, doing, comparable }: { card: Card; doing: Doing; comparable: boolean }) {
  const { open, remove, keep, kept, keeping } = doing;
  const title = heading(card);
  const named = `${title}, ${where(card)}`;
  return (
    <div role="columnheader" class="compare-head" data-property={card.id}>
      <Picture card={card} plain>
        <div class="corner">
          <IconButton
            icon="heart" label={say("keepOf")(named)} pressed={kept(card.id)} busy={keeping === card.id} onClick={() => keep(card)} floating
          />
          {remove && <IconButton icon="close" label={say("removeOf")(named)} onClick={() => remove(card)} floating />}
        </div>
      </Picture>
      <p class="price">{price(card)}</p>
      <p class="compare-title">{title}</p>
      <p class="compare-where" lang={languageOf(where(card))}>{where(card)}</p>
      {doubtful(card) && <p class="doubt"><Icon name="doubt" /><span>{say("doubtful")}</span></p>}
      {!comparable && <p class="unseen">{say("mixed")}</p>}
      <Button kind="secondary" small label={say("opened")(named)} onClick={() => open(card)}>{say("open")}</Button>
    </div>
  );
}

function Rows({ title, rows, quiet = false }: { title: string; rows: readonly Row[]; quiet?: boolean }) {
  const id = useId();
  return (
    <div role="rowgroup" class={quiet ? "quiet" : ""} aria-labelledby={id}>
      <div role="row" class="compare-section">
        <div role="rowheader" id={id}><h2>{title}</h2></div>
      </div>
      {rows.map((row) => (
        <div role="row" class="compare-row" key={row.what}>
          <div role="rowheader" class="compare-what" lang={languageOf(row.what)}>{row.what}</div>
          {row.cells.map((cell, n) => <Value key={n} cell={cell} />)}
        </div>
      ))}
    </div>
  );
}

const SIGNS = { yes: "yes", no: "no", unknown: "maybe" } as const;

function Value({ cell: { raw, text, first } }: { cell: Cell }) {
  const sign = raw === "yes" || raw === "no" || raw === "unknown" ? SIGNS[raw] : null;
  return (
    <div role="cell" class={`compare-value ${sign ? raw : ""} ${first ? "first-in-row" : ""}`}>
      {sign && <Icon name={sign} />}
      <span lang={languageOf(text)}>{text}</span>
      {first && <span class="compare-mark">{say(first)}</span>}
    </div>
  );
}
