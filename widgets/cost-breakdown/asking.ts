// Asking again with other figures: at once for the eye, and of the tool when the hand rests.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Answer, Given, Outcome, Refusal } from "../lib/client.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { ToolName } from "../types/tools.ts";

/** What each view of a calculation gets. */
export interface Calculated<N extends ToolName> {
  readonly shown: Shown<N>;
  readonly reach: Reach;
}

export interface Asked<N extends ToolName> {
  readonly answer: Answer<N>;
  /** What was asked, with what was changed since, answered or not. */
  readonly given: Given<N>;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly change: (part: Partial<Given<N>>) => void;
  readonly retry: () => void;
}

const REST = 250;

/** The newest answer to what was changed last; those to earlier changes are dropped. */
export function useAsked<N extends ToolName>(shown: Shown<N>, ask: (given: Given<N>) => Promise<Outcome<N>>): Asked<N> {
  const [given, give] = useState<Given<N>>(shown.input);
  const [answer, show] = useState<Answer<N>>(shown.answer);
  const [busy, work] = useState(false);
  const [refusal, refuse] = useState<Refusal | null>(null);
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLayoutEffect(() => {
    latest.current++;
    clearTimeout(timer.current);
    give(shown.input);
    show(shown.answer);
    work(false);
    refuse(null);
  }, [shown.answer]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const put = async (whole: Given<N>, turn: number): Promise<void> => {
    const heard = await ask(whole);
    if (turn !== latest.current) return;
    work(false);
    if (heard.ok) show(heard.answer);
    refuse(heard.ok ? null : heard.refusal);
  };
  const change = (part: Partial<Given<N>>): void => {
    const whole = { ...given, ...part };
    const turn = ++latest.current;
    give(whole);
    work(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void put(whole, turn), REST);
  };
  return { answer, given, busy, refusal, change, retry: () => change({}) };
}
