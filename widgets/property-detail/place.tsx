// Where a property is: on a map, once somebody wants to see it.

import { useState } from "preact/hooks";
import { heading } from "../lib/cards.tsx";
import { PlaceMap } from "../lib/map/map.tsx";
import { spot, within } from "../lib/map/projection.ts";
import { usePlaces } from "../lib/map/places.ts";
import { brief } from "../lib/map/words.ts";
import { Button } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import type { PropertyDetails } from "../types/tools.ts";
import { Part } from "./parts.tsx";
import { say } from "./words.ts";

export function Place({ property, reach }: { property: PropertyDetails; reach: Reach }) {
  const [open, set] = useState(false);
  const { lat, lng, flags } = property;
  if (lat === null || lng === null) return null;
  return (
    <Part title={say("place")} name="place-part">
      {open
        ? <Ground property={property} at={{ lat, lng }} reach={reach} />
        : <Button kind="secondary" icon="map" onClick={() => set(true)}>{say("findPlace")}</Button>}
      {open && flags.includes("approximate_location") && <p class="warning" role="status">{say("nearby")}</p>}
    </Part>
  );
}

function Ground({ property, at, reach }: { property: PropertyDetails; at: { lat: number; lng: number }; reach: Reach }) {
  const places = usePlaces(reach.call);
  const title = `${brief(property.price)}, ${heading(property)}`;
  const start = { ...spot(at.lat, at.lng), zoom: zoomed(at.lat, property.metro_m) };
  const pin = { ...at, id: property.id, price: property.price, title };
  return <PlaceMap name={say("mapOf")(heading(property))} start={start} pins={[pin]} places={places} lit={[property.id]} />;
}

const METRES_A_PIXEL = 156_543;
const FAR = 3_000;

/** Near enough to see the streets around it, and far enough to see the nearest station. */
function zoomed(lat: number, station: number | null): number {
  const reach = Math.min(station ?? FAR, 2 * FAR);
  return within(11.5, Math.log2((METRES_A_PIXEL * Math.cos((lat * Math.PI) / 180) * 130) / Math.max(reach, 1)), 14.5);
}
