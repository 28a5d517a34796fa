// Charts, drawn in SVG without words: the words stand beside them, as large as all others.

import type { Amount } from "../lib/format.ts";
import { shortDay } from "../lib/format.ts";
import type { ListingDay } from "../types/tools.ts";
import { type Counted, say } from "./words.ts";

const WIDE = 300;
const HIGH = 90;

/** A column for every day. */
export function Days({ days, of }: { days: readonly ListingDay[]; of: Counted }) {
  const values = days.map((each) => each[of]);
  const most = Math.max(1, ...values);
  const best = days[values.indexOf(Math.max(...values))];
  const sum = values.reduce((all, each) => all + each, 0);
  const step = WIDE / Math.max(values.length, 1);
  const [first, last] = [days[0], days[days.length - 1]];
  const label = sum > 0 && best ? say("chart")(say(of), sum, shortDay(best.day), best[of]) : say("chartEmpty")(say(of));
  return (
    <figure class="days-chart">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <line class="ground" x1="0" x2={WIDE} y1={HIGH - 0.5} y2={HIGH - 0.5} />
        {values.map((value, at) => {
          const height = (value / most) * (HIGH - 6);
          return <rect key={at} class={at === values.length - 1 ? "today" : ""} x={at * step + step * 0.12} y={HIGH - height} width={step * 0.76} height={height} rx="1" />;
        })}
      </svg>
      <p class="ends" aria-hidden="true"><span>{first && shortDay(first.day)}</span><span>{say("most")(most)}</span><span>{last && shortDay(last.day)}</span></p>
    </figure>
  );
}

interface PlaceProps {
  low: number;
  median: number;
  high: number;
  own: number;
  say: (amount: Amount) => string;
}

/** Where a price lies: a band of what the middle half asks, its middle, and one's own. */
export function Place({ low, median, high, own, say: said }: PlaceProps) {
  const width = Math.max(high - low, median * 0.1);
  const [from, to] = [Math.max(0, Math.min(low - width, own - width * 0.2)), Math.max(high + width, own + width * 0.2)];
  const x = (value: number): number => ((value - from) / (to - from)) * WIDE;
  const share = Math.round((100 * (own - median)) / median);
  return (
    <figure class="place">
      <svg viewBox={`0 0 ${WIDE} 40`} preserveAspectRatio="none" role="img" aria-label={say("placed")(said(own), said(low), said(median), said(high))}>
        <rect class="all" x="0" y="18" width={WIDE} height="6" rx="3" />
        <rect class="half" x={x(low)} y="14" width={Math.max(2, x(high) - x(low))} height="14" rx="3" />
        <line class="middle" x1={x(median)} x2={x(median)} y1="10" y2="32" />
        <path class="own" d={`M${x(own)} 13l-6-11h12z`} />
      </svg>
      <figcaption>
        <p><i class="swatch own" />{say("yours")(said(own), share)}</p>
        <p><i class="swatch half" />{say("half")(said(low), said(high))}</p>
        <p><i class="swatch middle" />{say("middle")(said(median))}</p>
      </figcaption>
    </figure>
  );
}
