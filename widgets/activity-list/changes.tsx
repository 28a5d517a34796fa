// What a write changed: each value before and after, in words.

import { Icon } from "../lib/icons.tsx";
import { MASK, type Said, fieldName, subjectName, valueOf } from "../lib/told.ts";
import type { Touched } from "../types/tools.ts";
import { say } from "./words.ts";

/** How many changes are seen at once; the rest is a press away. */
const MOST = 3;

interface Change {
  readonly key: string;
  readonly name: Said;
  readonly before: unknown;
  readonly after: unknown;
  readonly kind: "added" | "gone" | "changed";
}

export function Changes({ touched }: { touched: readonly Touched[] }) {
  const changes = touched.filter(({ how }) => how === "changed").flatMap(changesOf);
  const rest = changes.slice(MOST);
  return (
    <>
      {changes.length > 0 && <Rows changes={changes.slice(0, MOST)} />}
      {rest.length > 0 && (
        <details>
          <summary>{say("more")(rest.length)}</summary>
          <Rows changes={rest} />
        </details>
      )}
    </>
  );
}

/** What was touched, such as a visit and its property, by name and number. */
export function Subjects({ touched }: { touched: readonly Touched[] }) {
  const named = touched.filter(({ how }) => how !== "needed").map(({ subject }) => subjectName(subject));
  return <>{named.map(({ text, lang }) => <span key={text} class="subject" lang={lang}>{text}</span>)}</>;
}

const Rows = ({ changes }: { changes: readonly Change[] }) => (
  <dl class="changes">
    {changes.map(({ key, name, before, after, kind }) => (
      <div key={key}>
        <dt lang={name.lang}>{name.text}</dt>
        <dd>
          {kind === "changed" && before === MASK && after === MASK
            ? <em>{say("changedTo")}</em>
            : (
              <>
                {kind !== "added" && <Value field={key} value={before} sort="before" />}
                {kind === "changed" && <Icon name="next" />}
                {kind !== "gone" && <Value field={key} value={after} sort="after" />}
              </>
            )}
        </dd>
      </div>
    ))}
  </dl>
);

function Value({ field, value, sort }: { field: string; value: unknown; sort: "before" | "after" }) {
  const { text, lang } = valueOf(field.split("\n")[1] ?? field, value);
  return (
    <span class={sort}>
      <span class="unseen">{say(sort === "before" ? "was" : "isNow")} </span>
      {value === MASK ? <em>{text}</em> : <bdi lang={lang}>{text}</bdi>}
    </span>
  );
}

function changesOf({ subject, before, after }: Touched): Change[] {
  const hidden = (field: string): boolean => before?.[field] === MASK || after?.[field] === MASK;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  // Its own number stands in its name already.
  const told = fields.filter((field) => field !== "id" && differs(before, after, field));
  return told.sort((one, other) => Number(hidden(one)) - Number(hidden(other))).map((field) => ({
    key: `${subject}\n${field}`,
    name: fieldName(field),
    before: before?.[field] ?? null,
    after: after?.[field] ?? null,
    kind: before === null ? "added" : after === null ? "gone" : "changed",
  }));
}

// What is hidden looks the same before and after, and is there because it changed.
function differs(before: Touched["before"], after: Touched["after"], field: string): boolean {
  const [was, is] = [before?.[field] ?? null, after?.[field] ?? null];
  if (was === null && is === null) return false;
  return was === MASK || JSON.stringify(was) !== JSON.stringify(is);
}
