// Properties like the one that is shown, when they are asked for.

import { useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { Cards, PropertyCard } from "../lib/cards.tsx";
import { Announcement, Button, useFocusOn } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { say as common } from "../lib/words.ts";
import type { Properties } from "../types/tools.ts";
import { Part } from "./parts.tsx";
import { say } from "./words.ts";

type State = { kind: "idle" | "finding" } | { kind: "refused"; refusal: Refusal } | { kind: "found"; found: Properties };

export function Similar({ id, reach, open }: { id: number; reach: Reach; open: (id: number) => void }) {
  const [state, set] = useState<State>({ kind: "idle" });
  const find = async (): Promise<void> => {
    set({ kind: "finding" });
    const outcome = await reach.call("similar_properties", { id, limit: 6 });
    set(outcome.ok ? { kind: "found", found: outcome.answer } : { kind: "refused", refusal: outcome.refusal });
  };
  // The button goes when there is an answer; whoever pressed it goes on from there.
  const place = useFocusOn<HTMLDivElement>(state.kind === "found" || state.kind === "refused");
  const others = state.kind === "found" ? state.found.items.filter((each) => each.id !== id) : [];
  return (
    <Part title={say("similar")} name="similar-part">
      {(state.kind === "idle" || state.kind === "finding") && (
        <Button kind="secondary" busy={state.kind === "finding"} onClick={() => void find()}>{say("findSimilar")}</Button>
      )}
      <div ref={place} tabIndex={-1}>
        {state.kind === "refused" && <Refused refusal={state.refusal} reach={reach} retry={() => void find()} />}
        {others.length > 0 && (
          <Cards>
            {others.map((card) => <li key={card.id}><PropertyCard card={card} open={() => open(card.id)} /></li>)}
          </Cards>
        )}
        <Announcement unseen={others.length > 0}>{told(state, others.length)}</Announcement>
      </div>
    </Part>
  );
}

function told(state: State, count: number): string {
  if (state.kind === "finding") return say("finding");
  if (state.kind !== "found") return "";
  return count === 0 ? say("noneSimilar") : common("homes")(count);
}
