// A map of properties that draws itself.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MappedPlaces } from "../../types/tools.ts";
import { distance } from "../format.ts";
import { IconButton } from "../parts.tsx";
import { Bubbles, label } from "./bubbles.tsx";
import { type Group, type Pin, grouped, parting, width } from "./clusters.ts";
import { useCamera } from "./gestures.ts";
import { Ground, type Taken } from "./ground.tsx";
import "./map.css";
import { type Box, type Camera, type Size, type Spot, area, fitted, ruler, seen, spot } from "./projection.ts";
import { Tiles, template } from "./tiles.tsx";
import { line, say } from "./words.ts";

export type { Box, Camera, Pin };

interface MapProps {
  /** What it is a map of, for those who hear it. */
  readonly name: string;
  readonly pins: readonly Pin[];
  readonly places: MappedPlaces | null;
  readonly lit?: readonly number[];
  /** Somebody pressed a bubble; of several only where coming nearer does not part them. */
  readonly choose?: (ids: readonly number[]) => void;
  readonly over?: (ids: readonly number[]) => void;
  /** Where it begins; by default where all pins are seen. */
  readonly start?: Camera | null;
  /** A change of this shows all pins anew. */
  readonly fit?: number;
  /** A person moved it. */
  readonly moved?: (box: Box, camera: Camera) => void;
  /** Nothing around it scrolls, so the wheel alone zooms. */
  readonly wheel?: boolean;
  /** What lies over it, such as a button. */
  readonly children?: ComponentChildren;
}

/** Nearer than this nothing but the pins themselves would be seen, so they are shown in the list instead. */
const CLOSE = 16;
const NOBODY: readonly number[] = [];
const GURUGRAM = { ...spot(28.46, 77.06), zoom: 11.5 };
const nothing = (): void => undefined;

export function PlaceMap(props: MapProps) {
  const { name, pins, places, lit = NOBODY, over = nothing, start = null, fit = 0, wheel = false, children } = props;
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const home = (): Camera => fitted(pins.map(({ lat, lng }) => spot(lat, lng)), size) ?? GURUGRAM;
  const { camera, held, hint, handlers, fly, nearer } = useCamera(start, frame, size, {
    wheel, home: () => fly(home()), settled: (camera) => props.moved?.(area(camera, size), camera),
  });
  const fitting = useRef(start === null ? -1 : fit);
  useLayoutEffect(() => {
    if (size.width === 0 || fitting.current === fit) return;
    fitting.current = fit;
    fly(home());
  }, [fit, size.width]);
  const press = ({ pins }: Group): void => {
    const apart = pins.length > 1 ? parting(pins, label) : null;
    if (apart !== null && apart <= CLOSE) fly(fitted(pins.map(({ lat, lng }) => spot(lat, lng)), size, 70, Math.max(apart + 0.5, 14)));
    else props.choose?.(pins.map(({ id }) => id));
  };
  const id = useId();
  return (
    <section class="place-map" aria-label={name}>
      <div
        ref={frame} class={`seen${held ? " held" : ""}`} role="application" tabIndex={0}
        aria-label={name} aria-roledescription={say("map")} aria-describedby={id} {...handlers}
      >
        {camera && size.width > 0 && <Layers camera={camera} size={size} pins={pins} places={places} lit={lit} press={press} over={over} />}
      </div>
      <p class="unseen" id={id}>{say("help")}</p>
      {hint && <p class="hint" aria-hidden="true">{say("wheel")}</p>}
      <div class="zoom">
        <IconButton icon="plus" label={say("nearer")} onClick={() => nearer(1)} floating />
        <IconButton icon="minus" label={say("farther")} onClick={() => nearer(-1)} floating />
        <IconButton icon="map" label={say("all")} onClick={() => fly(home())} floating />
      </div>
      {camera && <Legend camera={camera} places={places} />}
      {children}
    </section>
  );
}

interface LayersProps {
  camera: Camera;
  size: Size;
  pins: readonly Pin[];
  places: MappedPlaces | null;
  lit: readonly number[];
  press: (group: Group) => void;
  over: (ids: readonly number[]) => void;
}

function Layers({ camera, size, pins, places, lit, press, over }: LayersProps) {
  const tiles = template();
  // Groups change in steps, so that nothing flickers while two fingers move.
  const zoom = Math.round(camera.zoom * 4) / 4;
  const all = useMemo(() => grouped(pins, zoom, label), [pins, zoom]);
  const groups = all.filter((group) => inside(seen(camera, size, group), size));
  const taken = groups.map((group): Taken => {
    const { x, y } = seen(camera, size, group);
    return { x, y: y - 18, width: width(label(group.pins)), height: 34 };
  });
  // The legend and the buttons lie over the map, too.
  taken.push({ x: size.width / 2, y: size.height - 16, width: size.width, height: 34 }, { x: size.width - 32, y: 82, width: 64, height: 164 });
  return (
    <>
      {tiles && <Tiles camera={camera} size={size} address={tiles} />}
      {places && <Ground places={places} camera={camera} size={size} taken={taken} bare={tiles !== ""} />}
      <Bubbles groups={groups} camera={camera} size={size} lit={lit} press={press} over={over} />
    </>
  );
}

/** What is out of sight is out of reach, too. */
const inside = ({ x, y }: Spot, { width, height }: Size): boolean => x > -20 && x < width + 20 && y > 0 && y < height + 30;

/** The colours of the lines, the scale, and whose data this is. */
function Legend({ camera, places }: { camera: Camera; places: MappedPlaces | null }) {
  const scale = ruler(camera);
  return (
    <div class="legend">
      {places && places.lines.length > 0 && (
        <ul aria-label={say("lines")}>
          {places.lines.map(({ name }) => <li key={name} data-line={name}>{line(name)}</li>)}
        </ul>
      )}
      <p class="ruler" style={{ width: `${scale.width}px` }}>{distance(scale.metres)}</p>
      <p class="of" lang="en">© OpenStreetMap contributors</p>
    </div>
  );
}

/** How large an element is, as it grows and shrinks. */
function useSize(frame: { current: HTMLElement | null }): Size {
  const [size, set] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const { current } = frame;
    if (current === null) return undefined;
    const measure = (): void => set({ width: current.clientWidth, height: current.clientHeight });
    const watch = new ResizeObserver(measure);
    watch.observe(current);
    measure();
    return () => watch.disconnect();
  }, []);
  return size;
}
