// What was looked into about a listing: how much it tells, what speaks for and against it, and what would help.

import type { ComponentChildren } from "preact";
import type { ListingFinding, ListingFix } from "../types/tools.ts";
import { Icon } from "./icons.tsx";
import { fixed, say } from "./looked-words.ts";
import "./looked.css";
import { languageOf } from "./words.ts";

const ROUND = 2 * Math.PI * 9;

/** How much a listing tells, as a ring that fills. */
export function Score({ of }: { of: number }) {
  return (
    <span class={`score ${of < 40 ? "low" : of < 75 ? "fair" : "high"}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <circle class="way" cx="12" cy="12" r="9" />
        <circle class="far" cx="12" cy="12" r="9" stroke-dasharray={`${(of / 100) * ROUND} ${ROUND}`} transform="rotate(-90 12 12)" />
      </svg>
      {say("score")(of)}
    </span>
  );
}

const VERDICTS = { fine: "yes", doubtful: "doubt", unknown: "maybe" } as const;

interface Part {
  Head: "h2" | "h3";
}

/** What speaks for and against it, each with what it rests on; `beside` stands below one. */
export function Findings({ findings, Head, beside }: Part & { findings: readonly ListingFinding[]; beside?: (finding: ListingFinding) => ComponentChildren }) {
  return (
    <section class="part">
      <Head>{say("looked")}</Head>
      <ul class="findings">
        {findings.map((each, at) => (
          <li key={at} class={each.verdict}>
            <Icon name={VERDICTS[each.verdict]} />
            <div>
              <p><strong>{say("about")[each.about]}: {say(each.verdict)}.</strong> <span lang="en">{each.text}</span></p>
              {beside?.(each)}
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

/** What would make it better, the most useful first. */
export function Fixes({ fixes, Head }: Part & { fixes: readonly ListingFix[] }) {
  if (fixes.length === 0) return null;
  return (
    <section class="part">
      <Head>{say("help")}</Head>
      <ul class="fixes">
        {fixes.map((each) => (
          <li key={each.field}><span class="points">+{each.points}</span><span lang={languageOf(fixed(each))}>{fixed(each)}</span></li>
        ))}
      </ul>
    </section>
  );
}
