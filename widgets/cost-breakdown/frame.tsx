// What all calculations are shown in: the answer in large letters, its chart and table, sliders, and what is assumed.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { day } from "../lib/format.ts";
import { Announcement, Chip } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { Assumption, ToolName } from "../types/tools.ts";
import type { Asked } from "./asking.ts";
import { percent, say } from "./words.ts";

interface FrameProps<N extends ToolName> {
  title: string;
  /** The answer in a few words. */
  headline: string;
  lead: string;
  asked: Asked<N>;
  reach: Reach;
  assumptions: readonly Assumption[];
  chart: ComponentChildren;
  table: ComponentChildren;
  /** What can be changed. */
  children: ComponentChildren;
  notice?: ComponentChildren;
}

export function Frame<N extends ToolName>({ title, headline, lead, asked, reach, assumptions, chart, table, children, notice }: FrameProps<N>) {
  return (
    <section class="costs" aria-label={title} aria-busy={asked.busy || undefined}>
      <header class="costs-head">
        <h1>{title}</h1>
        <p class="headline">{headline}</p>
        <p class="lead">{lead}</p>
        <Announcement unseen>{asked.busy ? "" : `${headline}. ${lead}`}</Announcement>
      </header>
      {asked.refusal && <Refused refusal={asked.refusal} reach={reach} retry={asked.retry} />}
      {notice}
      <div class={asked.busy ? "sides dimmed" : "sides"}>
        {chart}
        {table}
      </div>
      <Part title={say("change")}><div class="knobs">{children}</div></Part>
      <Assumed assumptions={assumptions} />
    </section>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="costs-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Everything that the answer rests on, each with its source; what is doubtful says so. */
function Assumed({ assumptions }: { assumptions: readonly Assumption[] }) {
  return (
    <Part title={say("assumed")}>
      <ul class="assumed">
        {assumptions.map(({ name, text, source, as_of, verify }) => (
          <li key={name + text}>
            <p lang={languageOf(text)}>{text}</p>
            <p class="source">
              <span lang={languageOf(source)}>{source}</span>{as_of && <span>{day(as_of)}</span>}{verify && <Chip odd>{say("verify")}</Chip>}
            </p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

interface SliderProps {
  label: string;
  value: number;
  least?: number;
  most: number;
  step: number;
  said: (value: number) => string;
  change: (value: number) => void;
}

/** One figure that can be drawn up and down, by hand or by keys, told as people say it. */
export function Slider({ label, value, least = 0, most, step, said, change }: SliderProps) {
  const id = useId();
  return (
    <div class="knob">
      <label for={id}>{label}</label>
      <output for={id}>{said(value)}</output>
      <input
        id={id} type="range" min={least} max={Math.max(most, value)} step={step} value={value} aria-valuetext={said(value)}
        onInput={(event) => change(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}

/** A rate in percent. */
export const Rate = (props: Omit<SliderProps, "step" | "said"> & { step?: number }) => <Slider step={0.05} said={percent} {...props} />;

/** One of several, by name. */
export function Select({ label, value, options, choose }: { label: string; value: string; options: readonly (readonly [string, string])[]; choose: (value: string) => void }) {
  const id = useId();
  return (
    <div class="knob">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
      </select>
    </div>
  );
}

/** The figure that was taken for an input, from what the answer says that it rests on. */
export const taken = (assumptions: readonly Assumption[], name: string): number | null =>
  assumptions.find((each) => each.name === name && each.value !== null)?.value ?? null;

/** The end of a slider: about twice what it begins with, in steps. */
export const twice = (value: number, step: number, least: number): number => Math.max(least, Math.ceil((2 * value) / step) * step);
