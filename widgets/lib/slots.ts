// The times at which a visit can begin, as `visit_slots` told them.

import type { SlotDay } from "../types/tools.ts";
import { type Moment, time } from "./format.ts";

export interface Slot {
  /** With India's offset, as the tool takes it. */
  readonly starts: string;
  /** Whether somebody is free; else somebody is looked for. */
  readonly sure: boolean;
}

export interface Day {
  readonly key: string;
  readonly holiday: string | null;
  readonly slots: readonly Slot[];
}

const PARTS = [["morning", "12:00"], ["afternoon", "16:00"], ["evening", "24:00"]] as const;
export type Part = (typeof PARTS)[number][0];

/** A day with all its times in order. */
export function dayOf({ day, holiday, free, on_request }: SlotDay): Day {
  const slots = [...free.map((starts) => ({ starts, sure: true })), ...on_request.map((starts) => ({ starts, sure: false }))];
  return { key: day, holiday, slots: slots.sort((one, other) => Date.parse(one.starts) - Date.parse(other.starts)) };
}

/** The times of each part of the day that has any. */
export function partsOf(slots: readonly Slot[]): [Part, Slot[]][] {
  let from = "";
  const parts = PARTS.map(([part, until]): [Part, Slot[]] => {
    const within = slots.filter(({ starts }) => time(starts) >= from && time(starts) < until);
    from = until;
    return [part, within];
  });
  return parts.filter(([, within]) => within.length > 0);
}

/** The same time of another day, where that day has it. */
export const sameTime = (day: Day | undefined, starts: Moment): string | null =>
  day?.slots.find((slot) => time(slot.starts) === time(starts))?.starts ?? null;

/** The day after: "2026-11-23". */
export const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** When a visit that begins then is over. */
export const ends = (starts: Moment): Date => new Date(new Date(starts).getTime() + 30 * 60_000);
