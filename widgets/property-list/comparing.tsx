// Comparing: which properties are chosen, and the comparison in place of the list.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { Announcement, Button } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import { Compare } from "../property-compare/compare.tsx";
import type { Comparison } from "../types/tools.ts";
import { MOST } from "./results.tsx";
import { say } from "./words.ts";

export interface Comparing {
  readonly chosen: readonly number[];
  readonly choose: (id: number) => void;
  readonly clear: () => void;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly comparison: Comparison | null;
  readonly compare: () => void;
  readonly shut: () => void;
}

type State = Pick<Comparing, "busy" | "refusal" | "comparison">;
const IDLE: State = { busy: false, refusal: null, comparison: null };

export function useComparing({ host, call }: Reach): Comparing {
  const [chosen, set] = useState<readonly number[]>([]);
  const [state, become] = useState<State>(IDLE);
  const compare = async (): Promise<void> => {
    become({ ...IDLE, busy: true });
    const outcome = await call("compare_properties", { ids: [...chosen] });
    become(outcome.ok ? { ...IDLE, comparison: outcome.answer } : { ...IDLE, refusal: outcome.refusal });
    if (outcome.ok) void host.tell(`The person is comparing properties ${chosen.join(", ")} now.`, { comparing: [...chosen] });
  };
  const choose = (id: number): void => set(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id].slice(0, MOST));
  return { ...state, chosen, choose, clear: () => set([]), compare: () => void compare(), shut: () => become(IDLE) };
}

/** What is chosen so far, and the way on. */
export function ChosenBar({ chosen, clear, compare, busy }: Comparing) {
  const hint = chosen.length === 1 ? say("oneMore") : chosen.length === MOST ? say("full") : "";
  return (
    <section class={chosen.length > 0 ? "chosen-bar" : "unseen"} aria-label={say("bar")}>
      <Announcement>{chosen.length > 0 && `${say("chosen")(chosen.length)}. ${hint}`}</Announcement>
      {chosen.length > 0 && (
        <div class="wraps">
          {chosen.length > 1 && <Button small icon="compare" busy={busy} onClick={compare}>{say("compareThese")(chosen.length)}</Button>}
          <Button kind="quiet" small onClick={clear}>{say("clearChosen")}</Button>
        </div>
      )}
    </section>
  );
}

/** The comparison, with the way back to the list. */
export function Compared({ comparison, reach, back }: { comparison: Comparison; reach: Reach; back: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.querySelector("button")?.focus(), []);
  return (
    <div class="compared" ref={place} onKeyDown={(event) => event.key === "Escape" && back()}>
      <Button kind="quiet" icon="back" onClick={back}>{say("back")}</Button>
      <Compare comparison={comparison} reach={reach} />
    </div>
  );
}
