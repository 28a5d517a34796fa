// Searching again: one search at a time counts, what was found before stays until there is something new.

import { useRef, useState } from "preact/hooks";
import type { Outcome, Refusal } from "../lib/client.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { PropertyCard, PropertySearch, Relaxation, Understanding } from "../types/tools.ts";
import { type Question, asked, toCall } from "./question.ts";
import { say } from "./words.ts";

/** What was found so far, over all pages. */
export interface Found {
  readonly items: readonly PropertyCard[];
  readonly next: string | null;
  readonly understood: Understanding | null;
  readonly relaxed: readonly Relaxation[];
  readonly notes: readonly string[];
  readonly demo: boolean;
}

interface State {
  readonly found: Found;
  /** Null where what is shown is no search, such as similar properties. */
  readonly question: Question | null;
  readonly busy: "search" | "more" | null;
  readonly refusal: Refusal | null;
  /** What has happened, for those who do not see it. */
  readonly said: string;
  /** Counts searches, so that the map knows when to show all again. */
  readonly turn: number;
}

export interface Searching extends State {
  readonly search: (question: Question) => void;
  readonly more: () => void;
  /** Tries once more what was refused. */
  readonly again: () => void;
}

const BAD_CURSOR = "bad_cursor";
const CONTRADICTION = "contradiction";
/** The most that one search gives. */
const WHOLE = 50;

export function useSearching(shown: Shown<"search_properties" | "similar_properties">, { host, call }: Reach): Searching {
  const [state, set] = useState(() => begun(shown));
  const [last, remember] = useState<() => void>(() => () => undefined);
  const turn = useRef(0);
  const ask = async (question: Question, limit?: number): Promise<Outcome<"search_properties">> => {
    const given = { ...toCall(question), ...(limit ? { limit } : {}) };
    const outcome = await call("search_properties", given);
    // Words may ask for what is nearest, which no area of the map can say.
    const odd = !outcome.ok && outcome.refusal.code === CONTRADICTION && question.area !== null && !given.sort;
    return odd ? call("search_properties", { ...given, sort: "best" }) : outcome;
  };
  /** Runs a search, and shows its answer unless a later one was begun meanwhile. */
  const run = async (
    question: Question,
    busy: "search" | "more",
    answer: () => Promise<Outcome<"search_properties">>,
    show: (answer: PropertySearch) => Partial<State>,
  ): Promise<void> => {
    const mine = ++turn.current;
    set((before) => ({ ...before, busy, refusal: null, said: say("searching") }));
    const outcome = await answer();
    if (mine !== turn.current) return;
    if (!outcome.ok) {
      set((before) => ({ ...before, busy: null, refusal: outcome.refusal, said: "" }));
      return;
    }
    const changes = show(outcome.answer);
    set((before) => ({ ...before, busy: null, ...changes }));
    void host.tell(told(question, outcome.answer, busy), { arguments: toCall(question), ids: ids(outcome.answer) });
  };
  const search = async (question: Question): Promise<void> => {
    remember(() => () => void search(question));
    const renewed = (answer: PropertySearch): Partial<State> => ({ question, found: whole(answer), said: counted(answer), turn: turn.current });
    await run(question, "search", () => ask(question), renewed);
  };
  const more = async (): Promise<void> => {
    const { found, question } = state;
    if (found.next === null || question === null || state.busy !== null) return;
    remember(() => () => void more());
    const next = found.next;
    let expired = false;
    const continued = async (): Promise<Outcome<"search_properties">> => {
      const outcome = await call("search_properties", { ...toCall(question), cursor: next });
      expired = !outcome.ok && outcome.refusal.code === BAD_CURSOR;
      return expired ? ask(question, WHOLE) : outcome;
    };
    await run(question, "more", continued, (answer) => (expired ? { found: whole(answer), said: say("renewed") } : added(found, answer)));
  };
  return { ...state, search: (question) => void search(question), more: () => void more(), again: last };
}

function begun(shown: Shown<"search_properties" | "similar_properties">): State {
  const idle = { busy: null, refusal: null, said: "", turn: 0 };
  if (shown.tool === "search_properties") return { ...idle, question: asked(shown.input, shown.answer.understood), found: whole(shown.answer) };
  const { items, demo } = shown.answer;
  return { ...idle, question: null, found: { items, next: null, understood: null, relaxed: [], notes: [], demo: demo !== null } };
}

const whole = ({ items, next_cursor, understood, relaxed, notes, demo }: PropertySearch): Found =>
  ({ items, next: next_cursor, understood, relaxed, notes, demo: demo !== null });

/** What a further page adds. Nothing is shown twice, whatever changed between two pages. */
function added(found: Found, answer: PropertySearch): Partial<State> {
  const fresh = answer.items.filter(({ id }) => !found.items.some((each) => each.id === id));
  const demo = found.demo || answer.demo !== null;
  return { found: { ...found, items: [...found.items, ...fresh], next: answer.next_cursor, demo }, said: say("added")(fresh.length) };
}

const counted = ({ items, has_more }: PropertySearch): string => (items.length === 0 ? say("none") : say("foundAloud")(items.length, has_more));

const ids = ({ items }: PropertySearch): number[] => items.map(({ id }) => id);

/** What the model is to know: how the person searched, and what they see now. */
function told(question: Question, answer: PropertySearch, busy: "search" | "more"): string {
  const seen = answer.items.length === 0 ? "nothing was found" : `they see properties ${ids(answer).join(", ")}`;
  if (busy === "more") return `The person asked for more results of the search; now ${seen}${answer.items.length === 0 ? "" : " too"}.`;
  return `The person searched again with ${JSON.stringify(toCall(question))}; ${seen}${answer.has_more ? " and there are more" : ""}.`;
}
