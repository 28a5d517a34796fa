// The price of a square foot beside what is usual in the locality, drawn from zero so that it does not exaggerate.

import { grouped, rate } from "../lib/format.ts";
import type { LocalRate, PropertyDetails } from "../types/tools.ts";
import { Part } from "./parts.tsx";
import { say } from "./words.ts";

const DOUBTFUL = ["price_outlier", "area_outlier", "price_per_sq_yard", "price_per_unit_mismatch", "rent_listed_as_sale", "sale_listed_as_rent"];

export function Rates({ property }: { property: PropertyDetails }) {
  const { local_rate: local, price_per_sqft: own } = property;
  if (!local || own === null) return null;
  return (
    <Part title={say("price")} name="rates-part">
      {local.median === null
        ? <p>{say("tooFew")(local.n, local.place)}</p>
        : <Bars own={own} median={local.median} local={local} />}
      {local.median !== null && property.flags.some((flag) => DOUBTFUL.includes(flag)) && <p class="warning">{say("doubtful")}</p>}
    </Part>
  );
}

function Bars({ own, median, local }: { own: number; median: number; local: LocalRate }) {
  const full = Math.max(own, median, 1);
  const share = median ? halfEven((100 * (own - median)) / median) : 0;
  const beside = share === 0 ? say("same") : share > 0 ? say("above")(grouped(share)) : say("below")(grouped(-share));
  return (
    <>
      <p class="verdict"><b>{beside}</b> <span>{say("comparable")(local.n)}</span></p>
      <ul class="measures">
        <Bar name={say("thisOne")} value={own} full={full} kind="own" />
        <Bar name={say("median")(local.place)} value={median} full={full} kind="usual" />
      </ul>
    </>
  );
}

function Bar({ name, value, full, kind }: { name: string; value: number; full: number; kind: string }) {
  return (
    <li>
      <span>{name}</span> <b>{rate(value)}</b>
      <i class="measure"><i class={kind} style={{ width: `${(100 * value) / full}%` }} /></i>
    </li>
  );
}

/** Rounds as the server does, which says the same figure in words. */
function halfEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
