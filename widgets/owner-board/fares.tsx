// How a listing fares: what happened by day, its price among others, what speaks against it, and what would help.

import { useState } from "preact/hooks";
import { day, rent, rupees, shortDay } from "../lib/format.ts";
import { Findings, Fixes, Score } from "../lib/looked.tsx";
import { Choice } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { Insights } from "../types/tools.ts";
import { Days, Place } from "./charts.tsx";
import { type Counted, say } from "./words.ts";

const COUNTED = ["views", "likes", "enquiries", "visits"] as const;

export function Fares({ insights, alone = false }: { insights: Insights; reach: Reach; alone?: boolean }) {
  const Head = alone ? "h2" : "h3";
  return (
    <section class="faring" aria-label={say("faresOf")(insights.title)}>
      {alone && (
        <header class="whole">
          <h1 lang={languageOf(insights.title)}>{insights.title}</h1>
          <p class="standing"><strong>{insights.price_text}</strong><span class={`badge ${insights.status}`}>{say(insights.status)}</span><Score of={insights.score} /></p>
        </header>
      )}
      <Happened insights={insights} Head={Head} />
      <Compared insights={insights} Head={Head} />
      <Findings findings={insights.findings} Head={Head} />
      <Fixes fixes={insights.fixes} Head={Head} />
    </section>
  );
}

interface Part {
  insights: Insights;
  Head: "h2" | "h3";
}

function Happened({ insights, Head }: Part) {
  const [of, look] = useState<Counted>("views");
  const { days, totals, before } = insights;
  return (
    <section class="part">
      <Head>{say("happened")(days.length)}</Head>
      <dl class="totals">
        {COUNTED.map((each) => (
          <div key={each}>
            <dt>{say(each)}</dt>
            <dd>{totals[each] ?? 0}<small>{say("before")(before[each] ?? 0)}</small></dd>
          </div>
        ))}
      </dl>
      <Choice label={say("byDay")} options={COUNTED.map((each) => [each, say(each)] as const)} value={of} choose={look} />
      <Days days={days} of={of} />
      <details>
        <summary>{say("table")}</summary>
        <div class="scrolls" tabIndex={0} role="region" aria-label={say("table")}>
          <table>
            <thead><tr><th scope="col">{say("day")}</th>{COUNTED.map((each) => <th key={each} scope="col">{say(each)}</th>)}</tr></thead>
            <tbody>
              {[...days].reverse().map((each) => (
                <tr key={each.day}><th scope="row">{shortDay(each.day)}</th>{COUNTED.map((name) => <td key={name}>{each[name]}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function Compared({ insights, Head }: Part) {
  const { compared, price, prices } = insights;
  const said = insights.price_text.includes("/") ? rent : rupees;
  const { low, median, high } = compared;
  const known = low !== null && median !== null && high !== null;
  return (
    <section class="part">
      <Head>{say("price")}</Head>
      {known ? <Place low={low} median={median} high={high} own={price} say={said} /> : <p class="soft">{say("tooFew")(compared.n)}</p>}
      {known && <p class="soft">{say("among")(compared.n, compared.where.replace(/^in /, ""))}</p>}
      {prices.length > 0 && (
        <ul class="prices" aria-label={say("former")}>
          {prices.map((each) => <li key={each.at}><time dateTime={each.at}>{day(each.at)}</time> {said(each.was)} → {said(each.price)}</li>)}
        </ul>
      )}
    </section>
  );
}
