// Moving a map: by dragging, pinching, the wheel with Ctrl, and keys.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Camera, type Size, type Spot, dragged, zoomed } from "./projection.ts";

/** A drag is one from this many pixels on; less is a press. */
const SLIP = 5;
/** Milliseconds after the last key or turn of the wheel until a map counts as moved. */
const REST = 350;
const FLIGHT = 260;
const STEP = 90;

interface Moves {
  readonly camera: Camera | null;
  /** Whether a person holds it. */
  readonly held: boolean;
  /** Whether somebody turned the wheel alone, which scrolls what is around the map. */
  readonly hint: boolean;
  readonly handlers: object;
  readonly fly: (to: Camera | null) => void;
  readonly nearer: (by: number) => void;
}

/** The camera of a map in `frame`; `settled` hears of it whenever a person has moved it. */
export function useCamera(start: Camera | null, frame: { current: HTMLElement | null }, size: Size, options: {
  readonly settled: (camera: Camera) => void;
  /** Whether the wheel alone zooms, because there is nothing around to scroll. */
  readonly wheel: boolean;
  readonly home: () => void;
}): Moves {
  const [camera, set] = useState(start);
  const [held, hold] = useState(false);
  const [hint, warn] = useState(false);
  const latest = useRef({ camera, options, size });
  latest.current = { camera, options, size };
  const moves = useMemo(() => new Mover(frame, latest, set, hold, warn), []);
  useEffect(() => () => moves.stop(), []);
  return { camera, held, hint, handlers: moves.handlers, fly: moves.fly, nearer: moves.nearer };
}

type Latest = { current: { camera: Camera | null; options: { settled: (camera: Camera) => void; wheel: boolean; home: () => void }; size: Size } };

class Mover {
  readonly #fingers = new Map<number, Spot>();
  #slipped = false;
  #resting = 0;
  #hinting = 0;
  #frame = 0;
  readonly #element: { current: HTMLElement | null };
  readonly #latest: Latest;
  readonly #set: (camera: Camera | null) => void;
  readonly #hold: (held: boolean) => void;
  readonly #warn: (hint: boolean) => void;

  constructor(
    element: { current: HTMLElement | null },
    latest: Latest,
    set: (camera: Camera | null) => void,
    hold: (held: boolean) => void,
    warn: (hint: boolean) => void,
  ) {
    this.#element = element;
    this.#latest = latest;
    this.#set = set;
    this.#hold = hold;
    this.#warn = warn;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#resting);
    clearTimeout(this.#hinting);
  }

  /** Goes there, by way of what lies between unless the person wants no motion. */
  readonly fly = (to: Camera | null): void => {
    cancelAnimationFrame(this.#frame);
    const from = this.#latest.current.camera;
    if (to === null || from === null || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#move(to);
      return;
    }
    const began = performance.now();
    const step = (now: number): void => {
      const done = Math.min((now - began) / FLIGHT, 1);
      this.#move(between(from, to, 1 - (1 - done) ** 3));
      if (done < 1) this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  };

  readonly nearer = (by: number): void => {
    const { camera } = this.#latest.current;
    if (camera === null) return;
    this.fly(zoomed(camera, camera.zoom + by));
    this.#rest(FLIGHT + REST);
  };

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    cancelAnimationFrame(this.#frame);
    this.#fingers.set(event.pointerId, at(event));
    if (this.#fingers.size === 1) this.#slipped = false;
  };

  readonly #drag = (event: PointerEvent): void => {
    const before = this.#fingers.get(event.pointerId);
    const { camera } = this.#latest.current;
    if (before === undefined || camera === null) return;
    const now = at(event);
    if (!this.#slipped && this.#fingers.size === 1 && Math.hypot(now.x - before.x, now.y - before.y) < SLIP) return;
    // Only what is dragged is captured: a press has to reach the bubble that it is for, and the end of a drag none.
    if (!this.#slipped) this.#element.current?.setPointerCapture(event.pointerId);
    this.#slipped = true;
    this.#hold(true);
    const other = [...this.#fingers].find(([finger]) => finger !== event.pointerId)?.[1];
    this.#fingers.set(event.pointerId, now);
    this.#move(other ? this.#pinched(camera, before, now, other) : dragged(camera, now.x - before.x, now.y - before.y));
  };

  #pinched(camera: Camera, before: Spot, now: Spot, other: Spot): Camera {
    const apart = (one: Spot): number => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1);
    const slid = dragged(camera, (now.x - before.x) / 2, (now.y - before.y) / 2);
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    return zoomed(slid, camera.zoom + Math.log2(apart(now) / apart(before)), this.#fromMiddle(middle));
  }

  readonly #up = (event: PointerEvent): void => {
    if (!this.#fingers.delete(event.pointerId) || this.#fingers.size > 0) return;
    this.#hold(false);
    if (this.#slipped) this.#rest(0);
  };

  readonly #wheel = (event: WheelEvent): void => {
    const { camera, options } = this.#latest.current;
    if (camera === null) return;
    if (!event.ctrlKey && !event.metaKey && !options.wheel) {
      this.#warn(true);
      clearTimeout(this.#hinting);
      this.#hinting = window.setTimeout(() => this.#warn(false), 1400);
      return;
    }
    event.preventDefault();
    const by = -event.deltaY * (event.deltaMode === 1 ? 0.05 : event.ctrlKey ? 0.01 : 0.003);
    this.#move(zoomed(camera, camera.zoom + by, this.#fromMiddle(at(event))));
    this.#rest(REST);
  };

  readonly #twice = (event: MouseEvent): void => {
    const { camera } = this.#latest.current;
    if (camera === null || (event.target as Element).closest("button")) return;
    this.fly(zoomed(camera, camera.zoom + 1, this.#fromMiddle(at(event))));
    this.#rest(FLIGHT + REST);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const { camera, options } = this.#latest.current;
    const [right, down] = ARROWS[event.key] ?? [0, 0];
    if (camera === null || !(right || down || "+=-_0".includes(event.key) || event.key === "Home")) return;
    event.preventDefault();
    if (right || down) {
      this.#move(dragged(camera, -right * STEP, -down * STEP));
      this.#rest(REST);
    } else if ("+=".includes(event.key)) this.nearer(1);
    else if ("-_".includes(event.key)) this.nearer(-1);
    else options.home();
  };

  #move(camera: Camera | null): void {
    this.#latest.current.camera = camera;
    this.#set(camera);
  }

  #rest(after: number): void {
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => {
      const { camera, options } = this.#latest.current;
      if (camera) options.settled(camera);
    }, after);
  }

  /** A point of the screen, in pixels from the middle of the map. */
  #fromMiddle({ x, y }: Spot): Spot {
    const frame = this.#element.current?.getBoundingClientRect();
    return frame ? { x: x - frame.left - frame.width / 2, y: y - frame.top - frame.height / 2 } : { x: 0, y: 0 };
  }

  readonly handlers = {
    onPointerDown: this.#down, onPointerMove: this.#drag, onPointerUp: this.#up, onPointerCancel: this.#up,
    onWheel: this.#wheel, onDblClick: this.#twice, onKeyDown: this.#key,
  };
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const at = (event: MouseEvent): Spot => ({ x: event.clientX, y: event.clientY });

const between = (from: Camera, to: Camera, share: number): Camera => ({
  x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, zoom: from.zoom + (to.zoom - from.zoom) * share,
});
