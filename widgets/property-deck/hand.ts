// The hand: what lies on top, what was swiped, and what comes when it runs out.

import { useEffect, useRef, useState } from "preact/hooks";
import { type Call, type Given, type Refusal, SIGN_IN_REQUIRED, UNREADABLE } from "../lib/client.ts";
import { useViews } from "../lib/views.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import type { DeckCard } from "../types/tools.ts";

export type Word = "pass" | "like" | "super_like";

/** What was said of a card; `null` where somebody who has not signed in only looked on. */
interface Gone {
  readonly card: DeckCard;
  readonly word: Word | null;
}

interface Held {
  readonly cards: readonly DeckCard[];
  readonly gone: readonly Gone[];
  readonly refusal: Refusal | null;
  /** What happened last, for those who hear it. */
  readonly last: { readonly word: Word | "undone" | "skipped"; readonly card: DeckCard } | null;
  readonly asking: boolean;
  readonly note: string | null;
}

export interface Hand extends Held {
  readonly liked: number;
  /** Whether there are more than were asked for so far. */
  readonly over: boolean;
  swipe(word: Word): void;
  /** Goes on without a word. */
  skip(): void;
  undo(): void;
  /** Asks once more for what comes next. */
  more(): void;
}

const FEW = 3;
/** As many looks are told at once. */
const BATCH = 5;

/** Of what was looked on, the server has no record: it is left out by name. */
const MOST_LEFT_OUT = 200;

export function useHand(shown: Shown<"next_properties">, { host, call }: Reach): Hand {
  const { items, note } = shown.answer;
  const [held, set] = useState<Held>({ cards: items, gone: [], refusal: null, last: null, asking: false, note });
  const [over, end] = useState(items.length === 0);
  const writing = useRef<Promise<unknown>>(Promise.resolve());
  const now = useRef(held);
  now.current = held;

  const back = (card: DeckCard, refusal: Refusal): void =>
    set((was) => ({ ...was, cards: [card, ...was.cards], gone: was.gone.filter((each) => each.card !== card), refusal, last: null }));

  // One after the other, so that the last one said is the last one kept.
  const write = (card: DeckCard, choice: Word | "none"): Promise<Refusal | null> => {
    const done = writing.current.then(() => said(call, card.id, choice));
    writing.current = done;
    return done;
  };

  const leave = (word: Word | null): DeckCard | null => {
    const [card] = now.current.cards;
    if (!card) return null;
    const next: Held = { ...now.current, cards: now.current.cards.slice(1), gone: [...now.current.gone, { card, word }], refusal: null, last: { word: word ?? "skipped", card } };
    now.current = next;
    set(next);
    return card;
  };

  const swipe = (word: Word): void => {
    const card = leave(word);
    if (!card) return;
    void write(card, word).then((refusal) => {
      if (refusal) back(card, refusal);
      else void host.tell(`The person ${TOLD[word]} property ${card.id}.`, { property_id: card.id, choice: word });
    });
  };

  const undo = (): void => {
    const last = now.current.gone.at(-1);
    if (!last) return;
    const next: Held = { ...now.current, cards: [last.card, ...now.current.cards], gone: now.current.gone.slice(0, -1), refusal: null, last: { word: "undone", card: last.card } };
    now.current = next;
    set(next);
    if (last.word === null) return;
    void write(last.card, "none").then((refusal) => {
      if (refusal) set((was) => ({ ...was, cards: was.cards.filter((each) => each !== last.card), gone: [...was.gone, last], refusal, last: null }));
      else void host.tell(`The person took back what they said of property ${last.card.id}.`, { property_id: last.card.id, choice: "none" });
    });
  };

  const more = async (): Promise<void> => {
    set((was) => ({ ...was, asking: true, refusal: null }));
    // What was just said must be known before more is chosen by it.
    await writing.current;
    const { cards, gone } = now.current;
    const left = [...cards.map(({ id }) => id), ...gone.map(({ card }) => card.id).reverse()].slice(0, MOST_LEFT_OUT);
    const outcome = await call("next_properties", { ...(shown.input as Given<"next_properties">), without: left });
    if (!outcome.ok) return set((was) => ({ ...was, asking: false, refusal: outcome.refusal }));
    const fresh = outcome.answer.items.filter(({ id }) => !left.includes(id));
    if (fresh.length === 0) end(true);
    set((was) => ({ ...was, asking: false, cards: [...was.cards, ...fresh.filter(({ id }) => !was.cards.some((each) => each.id === id))], note: outcome.answer.note }));
  };

  const low = held.cards.length < FEW && !over && !held.asking && held.refusal === null;
  useEffect(() => {
    if (low) void more();
  }, [low]);
  useViews(held.cards[0]?.id, call, BATCH);

  return {
    ...held, over, swipe, undo,
    liked: held.gone.filter(({ word }) => word === "like" || word === "super_like").length,
    skip: () => void leave(null),
    more: () => void more(),
  };
}

const TOLD: Readonly<Record<Word, string>> = { pass: "passed", like: "liked", super_like: "super-liked" };

/** Says it; the refusal where it was not taken. Without its structured part an answer is still one. */
async function said(call: Call, id: number, choice: Word | "none"): Promise<Refusal | null> {
  const outcome = await call("swipe_property", { property_id: id, choice });
  return outcome.ok || outcome.refusal.code === UNREADABLE ? null : outcome.refusal;
}

export const mustSignIn = (refusal: Refusal | null): boolean => refusal?.code === SIGN_IN_REQUIRED;
