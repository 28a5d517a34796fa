// The cards of what was found, with a heart and a tick for comparing on each.

import { Cards, PropertyCard, heading, where } from "../lib/cards.tsx";
import { price } from "../lib/format.ts";
import { Button, IconButton } from "../lib/parts.tsx";
import type { PropertyCard as Card } from "../types/tools.ts";
import type { Keeping } from "../property-detail/keep.tsx";
import { say } from "./words.ts";

/** What can be done with a card. */
export interface Doing {
  readonly open: (card: Card) => void;
  readonly keeping: Keeping;
  /** The properties to compare, and what adds or takes one. */
  readonly chosen: readonly number[];
  readonly choose: (id: number) => void;
  /** The properties that are meant on the map. */
  readonly lit: readonly number[];
  readonly over: (ids: readonly number[]) => void;
}

export const MOST = 4;

/** In how much room cards stand: beside their pictures, or under them. */
export function Results({ items, row, doing }: { items: readonly Card[]; row: boolean; doing: Doing }) {
  return <Cards>{items.map((card) => <li key={card.id}><One card={card} row={row} doing={doing} /></li>)}</Cards>;
}

function One({ card, row, doing }: { card: Card; row: boolean; doing: Doing }) {
  const { open, keeping, chosen, choose, lit, over } = doing;
  const name = `${heading(card)}, ${where(card)}, ${price(card)}`;
  const ticked = chosen.includes(card.id);
  const heart = (
    <IconButton
      icon="heart" floating={!row} label={say("keep")(name)} pressed={keeping.kept(card.id)} busy={keeping.keeping === card.id}
      onClick={() => keeping.turn(card.id)}
    />
  );
  const corner = row ? {} : { corner: heart };
  return (
    <PropertyCard card={card} row={row} level={2} open={open} lit={lit.includes(card.id)} over={(meant) => over(meant ? [meant.id] : [])} {...corner}>
      <Button
        kind="secondary" small icon="compare" label={say("compareOf")(name)} pressed={ticked} disabled={!ticked && chosen.length >= MOST}
        onClick={() => choose(card.id)}
      >
        {say("compare")}
      </Button>
      {row && heart}
    </PropertyCard>
  );
}
