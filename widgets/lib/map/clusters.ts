// Pins that would cover each other, drawn as one.

import { FARTHEST, NEAREST, type Spot, pixels, spot } from "./projection.ts";

/** A property on the map. */
export interface Pin {
  readonly id: number;
  readonly lat: number;
  readonly lng: number;
  /** In rupees; a group is labelled by its least. */
  readonly price: number;
  /** What it is, for those who hear it. */
  readonly title: string;
}

/** One pin or several, at one place of the screen. */
export interface Group extends Spot {
  readonly pins: readonly Pin[];
}

const HEIGHT = 40;
const GAP = 4;

/** The width of a bubble with this label, in pixels: an estimate is enough to keep two apart. */
export const width = (label: string): number => Math.max(46, 9 * label.length + 20);

/**
 * Groups of pins, none of which covers another at this zoom. The first of a group gives its place, so that what
 * is found best stays where it is.
 */
export function grouped(pins: readonly Pin[], zoom: number, label: (pins: readonly Pin[]) => string): Group[] {
  const scale = pixels(zoom);
  let groups = pins.map((pin) => ({ ...spot(pin.lat, pin.lng), pins: [pin], width: width(label([pin])) }));
  for (let before = 0; before !== groups.length; ) {
    before = groups.length;
    groups = merged(groups, scale);
    for (const each of groups) each.width = width(label(each.pins));
  }
  return groups;
}

type Growing = Spot & { pins: Pin[]; width: number };

function merged(groups: readonly Growing[], scale: number): Growing[] {
  const kept: Growing[] = [];
  for (const group of groups) {
    const covered = kept.find((each) => covers(each, group, scale));
    if (covered) covered.pins.push(...group.pins);
    else kept.push(group);
  }
  return kept;
}

const covers = (one: Growing, other: Growing, scale: number): boolean =>
  Math.abs(one.x - other.x) * scale < (one.width + other.width) / 2 + GAP && Math.abs(one.y - other.y) * scale < HEIGHT;

/** How near one must come to tell pins apart, in half steps; null where they stay together however near. */
export function parting(pins: readonly Pin[], label: (pins: readonly Pin[]) => string): number | null {
  for (let zoom = FARTHEST; zoom <= NEAREST; zoom += 0.5) if (grouped(pins, zoom, label).length > 1) return zoom;
  return null;
}
