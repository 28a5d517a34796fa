// The properties on a map: a bubble with the price of each, or of several where they would cover each other.

import { useRef } from "preact/hooks";
import { rupees } from "../format.ts";
import type { Group, Pin } from "./clusters.ts";
import { type Camera, type Size, type Spot, seen } from "./projection.ts";
import { brief, say } from "./words.ts";

interface BubblesProps {
  readonly groups: readonly Group[];
  readonly camera: Camera;
  readonly size: Size;
  /** The properties that are meant elsewhere, too. */
  readonly lit: readonly number[];
  readonly press: (group: Group) => void;
  readonly over: (ids: readonly number[]) => void;
}

const least = (pins: readonly Pin[]): number => Math.min(...pins.map(({ price }) => price));

export const label = (pins: readonly Pin[]): string => (pins.length === 1 ? brief(least(pins)) : `${pins.length} · ${brief(least(pins))}+`);

const named = (pins: readonly Pin[]): string => (pins.length === 1 ? (pins[0]?.title ?? "") : say("several")(pins.length, rupees(least(pins))));

/** One stop of the Tab key; the arrow keys go from a bubble to its neighbour. */
export function Bubbles({ groups, camera, size, lit, press, over }: BubblesProps) {
  const list = useRef<HTMLUListElement>(null);
  const stop = Math.max(0, groups.findIndex(({ pins }) => pins.some(({ id }) => lit.includes(id))));
  const step = (event: KeyboardEvent): void => {
    const way = WAYS[event.key];
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const from = buttons.findIndex((each) => each === document.activeElement);
    if (way === undefined || from < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const to = neighbour(groups.map((group) => seen(camera, size, group)), from, way);
    buttons[to]?.focus({ preventScroll: true });
  };
  return (
    <ul class="bubbles" ref={list} onKeyDown={step}>
      {groups.map((group, index) => {
        const { x, y } = seen(camera, size, group);
        const ids = group.pins.map(({ id }) => id);
        const meant = ids.some((id) => lit.includes(id));
        return (
          <li key={ids[0]} class={meant ? "lit" : ""} style={{ transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)` }}>
            <button
              type="button" class={ids.length > 1 ? "bubble many" : "bubble"} tabIndex={index === stop ? 0 : -1} aria-pressed={meant}
              data-properties={ids.join(" ")} onClick={() => press(group)}
              onPointerEnter={() => over(ids)} onPointerLeave={() => over([])} onFocus={() => over(ids)} onBlur={() => over([])}
            >
              <span>{label(group.pins)}</span>
              <b class="unseen">{named(group.pins)}</b>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

const WAYS: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 },
};

/** The nearest in a direction, or the one itself where there is none. */
export function neighbour(spots: readonly Spot[], from: number, way: Spot): number {
  const here = spots[from];
  let best = { index: from, far: Number.POSITIVE_INFINITY };
  spots.forEach((each, index) => {
    if (here === undefined || index === from) return;
    const along = (each.x - here.x) * way.x + (each.y - here.y) * way.y;
    const aside = Math.abs((each.x - here.x) * way.y) + Math.abs((each.y - here.y) * way.x);
    if (along > 0 && along + 2 * aside < best.far) best = { index, far: along + 2 * aside };
  });
  return best.index;
}
