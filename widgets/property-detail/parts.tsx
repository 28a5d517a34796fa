// A part of the view under its heading, and the pairs that parts are made of.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { languageOf } from "../lib/words.ts";

/** A part under a heading of its own. */
export function Part({ title, name = "", children }: { title: string; name?: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class={`part ${name}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** What is known, each beside its name. */
export function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl class="pairs">
      {pairs.map(([what, value]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd lang={languageOf(value)}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
