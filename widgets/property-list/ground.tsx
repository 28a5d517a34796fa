// The map beside the list: what was found on it, and searching where it was moved to.

import { useEffect, useMemo, useState } from "preact/hooks";
import { heading, where } from "../lib/cards.tsx";
import { price } from "../lib/format.ts";
import { type Box, type Camera, type Pin, PlaceMap } from "../lib/map/map.tsx";
import { usePlaces } from "../lib/map/places.ts";
import { Button } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import type { PropertyCard as Card } from "../types/tools.ts";
import type { Searching } from "./searching.ts";
import { say } from "./words.ts";

interface Props {
  readonly searching: Searching;
  readonly reach: Reach;
  readonly lit: readonly number[];
  readonly choose: (ids: readonly number[]) => void;
  readonly over: (ids: readonly number[]) => void;
  /** Where it was when it was last seen. */
  readonly last: { camera: Camera | null };
}

export function ResultMap({ searching, reach, lit, choose, over, last }: Props) {
  const { found, question, busy, turn } = searching;
  const [box, move] = useState<Box | null>(null);
  const pins = useMemo(() => pinned(found.items), [found.items]);
  const places = usePlaces(reach.call);
  // A search of an area leaves the map where the person moved it; any other shows all that it found.
  const [fit, refit] = useState(0);
  useEffect(() => {
    move(null);
    if (turn > 0 && question?.area === null) refit(turn);
  }, [turn]);
  const here = (): void => {
    if (box && question) searching.search({ ...question, area: box });
  };
  const away = found.items.length - pins.length;
  return (
    <div class="beside">
      <PlaceMap
        name={say("mapOf")(pins.length)} pins={pins} places={places} lit={lit} choose={choose} over={over} start={last.camera} fit={fit}
        wheel={reach.context.mode === "fullscreen"}
        moved={(area, camera) => {
          last.camera = camera;
          move(area);
        }}
      >
        {box && question && (
          <div class="search-here"><Button small icon="search" busy={busy === "search"} onClick={here}>{say("searchHere")}</Button></div>
        )}
      </PlaceMap>
      {away > 0 && <p class="aside">{say("nowhere")(away)}</p>}
    </div>
  );
}

const pinned = (items: readonly Card[]): Pin[] => items.flatMap((card) => {
  const { id, lat, lng } = card;
  return lat === null || lng === null ? [] : [{ id, lat, lng, price: card.price, title: `${price(card)}, ${heading(card)}, ${where(card)}` }];
});
