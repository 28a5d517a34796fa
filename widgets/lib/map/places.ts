// What a map is drawn from: asked for once, whatever part of it is looked at.

import { useEffect, useState } from "preact/hooks";
import type { MappedPlaces } from "../../types/tools.ts";
import type { Call } from "../client.ts";

let known: MappedPlaces | null = null;

/** Metro lines and places, once they are there. Without them a map shows its properties alone. */
export function usePlaces(call: Call): MappedPlaces | null {
  const [places, set] = useState(known);
  useEffect(() => {
    if (known === null) void load(call).then(set);
  }, []);
  return places;
}

async function load(call: Call): Promise<MappedPlaces | null> {
  const outcome = await call("map_places", {});
  if (outcome.ok && Array.isArray(outcome.answer.lines)) known = outcome.answer;
  return known;
}
