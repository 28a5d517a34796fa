// When a visit can begin, as `request_visit` allows it: half hours of India's day, neither too soon nor too far ahead.

import { type Moment, dayKey } from "../lib/format.ts";

const MINUTE = 60_000;
const NOTICE = 120 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const AHEAD = 60;
const FIRST = 9;
const LAST = 19;

export interface Slot {
  /** With India's offset, as the tool takes it. */
  readonly starts: string;
  readonly free: boolean;
}

/** Every half hour of a day on which somebody can show a property. */
export function slots(day: string, now: Moment): Slot[] {
  const at = new Date(now).getTime();
  return Array.from({ length: 2 * (LAST - FIRST) }, (_, number) => {
    const hour = String(FIRST + Math.floor(number / 2)).padStart(2, "0");
    const starts = `${day}T${hour}:${number % 2 ? "30" : "00"}:00+05:30`;
    const notice = Date.parse(starts) - at;
    return { starts, free: notice >= NOTICE && notice <= AHEAD * DAY };
  });
}

/** The days that still have such a half hour, the first first. */
export function days(now: Moment): string[] {
  const at = new Date(now).getTime();
  const all = Array.from({ length: AHEAD + 1 }, (_, number) => dayKey(new Date(at + number * DAY)));
  return all.filter((day) => slots(day, now).some(({ free }) => free));
}

/** When a visit that begins then is over. */
export const ends = (starts: Moment): Date => new Date(new Date(starts).getTime() + 30 * MINUTE);
