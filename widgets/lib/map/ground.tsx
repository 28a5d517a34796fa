// What lies under the properties of a map: metro lines, localities and offices, all from our own place data.

import type { MappedPlace, MappedPlaces, MetroLine } from "../../types/tools.ts";
import { type Camera, type Size, type Spot, seen, spot } from "./projection.ts";

/** A part of the screen that is taken: middle and size. */
export interface Taken extends Spot, Size {}

interface GroundProps {
  readonly places: MappedPlaces;
  readonly camera: Camera;
  readonly size: Size;
  /** Where no name may stand. */
  readonly taken: readonly Taken[];
  /** Over tiles, which have names of their own: the metro alone. */
  readonly bare: boolean;
}

/** Drawn for the eye alone: whoever cannot see it has the list. */
export function Ground({ places, camera, size, taken, bare }: GroundProps) {
  const at = (lat: number, lng: number): Spot => seen(camera, size, spot(lat, lng));
  const shown = bare ? [] : places.places;
  const labels = labelled(places, camera, size, taken, bare);
  return (
    <svg class="land" width={size.width} height={size.height} aria-hidden="true">
      {shown.filter(({ kind }) => kind !== "hub").map((place) => (
        <Halo key={`${place.kind} ${place.name}`} place={place} at={at(place.lat, place.lng)} zoom={camera.zoom} />
      ))}
      {places.lines.map((line) => <Line key={line.name} line={line} at={at} zoom={camera.zoom} />)}
      {shown.filter(({ kind }) => kind === "hub").map(({ name, lat, lng }) => <Office key={name} at={at(lat, lng)} />)}
      {labels.map(({ key, kind, text, x, y }) => <text key={key} class={kind} x={x} y={y}>{text}</text>)}
    </svg>
  );
}

/** How much is listed there, as a patch of colour. */
function Halo({ place, at, zoom }: { place: MappedPlace; at: Spot; zoom: number }) {
  const radius = Math.min(8 + 2.4 * Math.sqrt(place.count), 46) * 1.4 ** (zoom - 12.5);
  return <circle class="halo" cx={at.x} cy={at.y} r={Math.min(radius, 200)} />;
}

function Office({ at }: { at: Spot }) {
  return <path class="office" d={`M${at.x - 6} ${at.y + 5}v-8h5v-5h7v13z`} />;
}

function Line({ line, at, zoom }: { line: MetroLine; at: (lat: number, lng: number) => Spot; zoom: number }) {
  const stops = line.stations.map(({ lat, lng }) => at(lat, lng));
  const course = stops.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return (
    <g class="metro" data-line={line.name}>
      <path class="casing" d={course} />
      <path class="course" d={course} />
      {stops.map(({ x, y }, index) => <circle key={index} class="stop" cx={x} cy={y} r={zoom < 11.5 ? 2 : 3.6} />)}
    </g>
  );
}

interface Label extends Spot {
  readonly key: string;
  readonly kind: "station" | "hub" | "place";
  readonly text: string;
}

const STATIONS_FROM = 12.4;
const TALL = 15;

/** The names that there is room for, the most important first. */
function labelled(places: MappedPlaces, camera: Camera, size: Size, taken: readonly Taken[], bare: boolean): Label[] {
  const blocked = [...taken];
  const labels: Label[] = [];
  for (const { below, ...label } of candidates(places, camera, bare)) {
    const { x, y } = seen(camera, size, spot(label.y, label.x));
    const middle = { x, y: y + (below ? 17 : 0), width: label.text.length * 6.7 + 8, height: TALL };
    const outside = middle.x < middle.width / 2 || middle.y < 10 || middle.x > size.width - middle.width / 2 || middle.y > size.height - 10;
    if (outside || blocked.some((each) => overlap(each, middle))) continue;
    blocked.push(middle);
    labels.push({ ...label, x: middle.x, y: middle.y + 4 });
  }
  return labels;
}

type Candidate = Label & { readonly below: boolean };

/** Every name with its place in degrees. */
function candidates({ lines, places }: MappedPlaces, { zoom }: Camera, bare: boolean): Candidate[] {
  const stations = new Map<string, Candidate>();
  if (zoom >= STATIONS_FROM) {
    for (const { name, lat, lng } of lines.flatMap((line) => line.stations)) {
      stations.set(name, { key: `m ${name}`, kind: "station", text: name, x: lng, y: lat, below: true });
    }
  }
  if (bare) return [...stations.values()];
  const named = places.map(({ kind, name, lat, lng }): Candidate =>
    ({ key: `${kind} ${name}`, kind: kind === "hub" ? "hub" : "place", text: name, x: lng, y: lat, below: kind === "hub" }));
  return [...named.filter(({ kind }) => kind === "hub"), ...stations.values(), ...named.filter(({ kind }) => kind === "place")];
}

const overlap = (one: Taken, other: Taken): boolean =>
  Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(one.y - other.y) < (one.height + other.height) / 2;
