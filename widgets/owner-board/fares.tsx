// How a listing fares: what happened by day, its price among others, what speaks against it, and what would help.

import { useState } from "preact/hooks";
import { day, rent, rupees, shortDay } from "../lib/format.ts";
import { Icon } from "../lib/icons.tsx";
import { Choice } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { Insights } from "../types/tools.ts";
import { Days, Place } from "./charts.tsx";
import { Score } from "./entry.tsx";
import { type Counted, say } from "./words.ts";

const COUNTED = ["views", "likes", "enquiries", "visits"] as const;
const VERDICTS = { fine: "yes", doubtful: "doubt", unknown: "maybe" } as const;

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
      <Findings insights={insights} Head={Head} />
      <Fixes insights={insights} Head={Head} />
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

function Findings({ insights, Head }: Part) {
  return (
    <section class="part">
      <Head>{say("looked")}</Head>
      <ul class="findings">
        {insights.findings.map((each, at) => (
          <li key={at} class={each.verdict}>
            <Icon name={VERDICTS[each.verdict]} />
            <div>
              <p><strong>{say("about")[each.about]}: {say(each.verdict)}.</strong> <span lang="en">{each.text}</span></p>
              <details>
                <summary>{say("rests")}<span class="unseen"> {say("about")[each.about]}</span></summary>
                <ul lang="en">{each.rests_on.map((on) => <li key={on}>{on}</li>)}</ul>
              </details>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fixes({ insights, Head }: Part) {
  if (insights.fixes.length === 0) return null;
  return (
    <section class="part">
      <Head>{say("help")}</Head>
      <ul class="fixes">
        {insights.fixes.map((each) => (
          <li key={each.field}><span class="points">+{each.points}</span><span>{say("fixes")[each.field] ?? each.text}</span></li>
        ))}
      </ul>
    </section>
  );
}

