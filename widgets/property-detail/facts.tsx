// What a listing says of the property itself, what it leaves open, and what may be wrong with it.

import { area, day, distance, rate } from "../lib/format.ts";
import { Icon } from "../lib/icons.tsx";
import { line as lineName } from "../lib/map/words.ts";
import { bhk, doubt, named } from "../lib/vocabulary.ts";
import { languageOf, spoken } from "../lib/words.ts";
import { AMENITIES } from "../types/amenities.ts";
import type { PropertyDetails } from "../types/tools.ts";
import { Pairs, Part } from "./parts.tsx";
import { say } from "./words.ts";

type Property = { readonly property: PropertyDetails };

/** What `facts` needs of a property; without its building where nobody was asked for that. */
export type Told =
  & Pick<PropertyDetails, "kind" | "purpose" | "bedrooms" | "balconies" | "furnishing" | "floor_band" | "age_years" | "possession" | "area_sqft" | "price_per_sqft" | "facing">
  & Pick<PropertyDetails, "tenants" | "society" | "sector" | "locality"> & Partial<Pick<PropertyDetails, "building_band">>;

const NO_ROOMS: readonly PropertyDetails["kind"][] = ["plot", "shop", "office"];

/** Every fact with its value; null is what the source does not say. */
export function facts(it: Told): [string, string | null][] {
  const key = (value: string | null): string | null => value && named(value);
  const homely: [string, string | null][] = [
    [say("bedrooms"), it.bedrooms === null ? null : bhk(it.bedrooms)],
    [say("balconies"), it.balconies === null ? null : String(it.balconies)],
    [say("furnishing"), key(it.furnishing)],
  ];
  const built: [string, string | null][] = [
    [say("floor"), key(it.floor_band)],
    ...(it.building_band === undefined ? [] : [[say("building"), key(it.building_band)] as [string, string | null]]),
    [say("age"), it.age_years && say("years")(it.age_years)],
    [say("possession"), key(it.possession)],
  ];
  return [
    [say("kind"), named(it.kind).replace(/^./, (letter) => letter.toUpperCase())],
    [say("purpose"), named(it.purpose)],
    ...(NO_ROOMS.includes(it.kind) ? [] : homely),
    [say("area"), it.area_sqft === null ? null : area(it.area_sqft)],
    [say("rate"), it.price_per_sqft === null ? null : rate(it.price_per_sqft)],
    [say("facing"), key(it.facing)],
    ...(it.kind === "plot" ? [] : built),
    ...(it.purpose === "buy" ? [] : [[say("tenants"), it.tenants.map(named).join(", ") || null] as [string, string | null]]),
    [say("society"), it.society],
    [say("sector"), it.sector],
    [say("locality"), it.locality],
  ];
}

export function Facts({ property }: Property) {
  const all = facts(property);
  const known = all.filter((fact): fact is [string, string] => fact[1] !== null);
  const open = all.filter(([, value]) => value === null).map(([what]) => what);
  return (
    <Part title={say("facts")} name="facts-part">
      <Pairs pairs={known} />
      {open.length > 0 && <p class="aside">{say("notSaid")}: {open.join(", ")}</p>}
    </Part>
  );
}

/** What there is, what there is not, and what nobody knows: three different things. */
export function Amenities({ property }: Property) {
  const { amenities, lacks } = property;
  const open = Object.keys(AMENITIES).filter((key) => !amenities.includes(key) && !lacks.includes(key));
  return (
    <Part title={say("amenities")} name="amenities-part">
      <Ticked keys={amenities} title={say("has")} kind="has" />
      <Ticked keys={lacks} title={say("lacks")} kind="lacks" />
      {open.length > 0 && (
        <details class="open">
          <summary>{say("open")(open.length)}</summary>
          <p class="aside">{open.map(named).join(", ")}</p>
        </details>
      )}
    </Part>
  );
}

function Ticked({ keys, title, kind }: { keys: readonly string[]; title: string; kind: "has" | "lacks" }) {
  return keys.length > 0 && (
    <>
      <h3>{title}</h3>
      <ul class={`ticked ${kind}`}>
        {keys.map((key) => (
          <li key={key}>
            <Icon name={kind === "has" ? "yes" : "no"} />
            {named(key)}
          </li>
        ))}
      </ul>
    </>
  );
}

export function Doubts({ property }: Property) {
  return property.doubts.length > 0 && (
    <Part title={say("doubts")} name="doubts-part">
      <ul>
        {property.doubts.map(({ flag, text }) => {
          const brief = doubt(flag);
          const said = spoken() === "hi" && languageOf(brief) === "hi" ? brief : text;
          return <li key={flag} lang={languageOf(said)}>{said}</li>;
        })}
      </ul>
    </Part>
  );
}

const hue = (line: string | null): string => /^(yellow|rapid|blue|aqua)/i.exec(line ?? "")?.[0].toLowerCase() ?? "other";

/** The nearest metro stations, by how far they are as the crow flies. */
export function Metro({ property }: Property) {
  const farthest = Math.max(...property.metro.map((each) => each.distance_m), 1);
  return property.metro.length > 0 && (
    <Part title={say("metro")} name="metro-part">
      <ul class="stations">
        {property.metro.map(({ name, line, distance_m }) => (
          <li key={name}>
            <span class="station" lang={languageOf(name)}>{name}</span>
            <span class="rail-line"><i class={`dot ${hue(line)}`} />{line && lineName(line)}</span>
            <b>{distance(distance_m)}</b>
            <i class="way"><i class={hue(line)} style={{ width: `${(100 * distance_m) / farthest}%` }} /></i>
          </li>
        ))}
      </ul>
      <p class="aside">{say("crow")}</p>
    </Part>
  );
}

export function Freshness({ property }: Property) {
  const { source, note, demo } = property;
  const pairs: [string, string][] = [
    [say("from"), demo ? say("demoSource") : source.name],
    [say("imported"), day(source.first_imported)],
    [say("changed"), day(source.last_changed)],
  ];
  const said = note && demo && spoken() === "hi" ? say("demoNote") : note;
  return (
    <Part title={say("source")} name="source-part">
      <Pairs pairs={pairs} />
      <p class="aside">{say("noDate")}</p>
      {said && <p class="note" lang={languageOf(said)}>{said}</p>}
    </Part>
  );
}
