// Charts, drawn in SVG without words: the words stand beside them, as large as all others, and in a table.

import type { ComponentChildren } from "preact";
import { say } from "./words.ts";

export interface Series {
  readonly name: string;
  /** Its colour, by a class. */
  readonly kind: string;
  readonly values: readonly number[];
}

const WIDE = 300;
const HIGH = 120;

/** A figure: the drawing, what its colours mean, and from where to where it goes. */
function Figure({ label, series, ends, children }: { label: string; series: readonly Series[]; ends?: readonly [string, string]; children: ComponentChildren }) {
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={label}>{children}</svg>
      {ends && <p class="ends" aria-hidden="true"><span>{ends[0]}</span><span>{ends[1]}</span></p>}
      <figcaption>
        <ul class="legend">{series.map(({ name, kind }) => <li key={name}><i class={`swatch ${kind}`} />{name}</li>)}</ul>
      </figcaption>
    </figure>
  );
}

/** A column for every year, its parts on each other. */
export function Columns({ label, series, ends }: { label: string; series: readonly Series[]; ends: readonly [string, string] }) {
  const count = series[0]?.values.length ?? 0;
  const most = Math.max(1, ...Array.from({ length: count }, (_, at) => series.reduce((sum, each) => sum + (each.values[at] ?? 0), 0)));
  const step = WIDE / Math.max(count, 1);
  return (
    <Figure label={label} series={series} ends={ends}>
      {Array.from({ length: count }, (_, at) => {
        let below = 0;
        return series.map(({ kind, values }) => {
          const height = ((values[at] ?? 0) / most) * HIGH;
          below += height;
          return <rect key={`${kind}${at}`} class={kind} x={at * step + step * 0.1} y={HIGH - below} width={step * 0.8} height={height} />;
        });
      })}
    </Figure>
  );
}

/** A line for each, from below zero where need be, with a mark at one of the years. */
export function Lines({ label, series, ends, mark }: { label: string; series: readonly Series[]; ends: readonly [string, string]; mark: number | null }) {
  const all = series.flatMap(({ values }) => values);
  const [least, most] = [Math.min(0, ...all), Math.max(1, ...all)];
  const count = series[0]?.values.length ?? 0;
  const x = (at: number): number => (count > 1 ? (at / (count - 1)) * WIDE : WIDE / 2);
  const y = (value: number): number => HIGH - 2 - ((value - least) / (most - least)) * (HIGH - 4);
  return (
    <Figure label={label} series={series} ends={ends}>
      <line class="zero" x1={0} x2={WIDE} y1={y(0)} y2={y(0)} />
      {mark !== null && mark <= count && <line class="mark" x1={x(mark - 1)} x2={x(mark - 1)} y1={0} y2={HIGH} />}
      {series.map(({ kind, values }) => <polyline key={kind} class={`drawn ${kind}`} points={values.map((each, at) => `${x(at)},${y(each)}`).join(" ")} />)}
    </Figure>
  );
}

/** One bar of all parts, as long as their sum. */
export function Bar({ label, series }: { label: string; series: readonly Series[] }) {
  const sum = Math.max(1, series.reduce((all, { values }) => all + (values[0] ?? 0), 0));
  let before = 0;
  return (
    <Figure label={label} series={series}>
      {series.map(({ kind, values }) => {
        const width = ((values[0] ?? 0) / sum) * WIDE;
        before += width;
        return <rect key={kind} class={kind} x={before - width} y={HIGH * 0.25} width={width} height={HIGH * 0.5} />;
      })}
    </Figure>
  );
}

/** What the chart draws, exactly. A long one scrolls inside itself. */
export function Table({ caption, heads, rows, sum }: { caption: string; heads: readonly string[]; rows: readonly (readonly string[])[]; sum?: readonly string[] }) {
  return (
    <div class="figures" role="region" aria-label={say("table")(caption)} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead><tr>{heads.map((each) => <th key={each} scope="col">{each}</th>)}</tr></thead>
        <tbody>
          {rows.map(([first, ...rest]) => <tr key={first}><th scope="row">{first}</th>{rest.map((each, at) => <td key={at}>{each}</td>)}</tr>)}
        </tbody>
        {sum && <tfoot><tr><th scope="row">{sum[0]}</th>{sum.slice(1).map((each, at) => <td key={at}>{each}</td>)}</tr></tfoot>}
      </table>
    </div>
  );
}
