// The deck: the card on top with why it comes, and what can be said of it.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { PropertyCard, heading } from "../lib/cards.tsx";
import { Icon, type IconName } from "../lib/icons.tsx";
import { Announcement, Button } from "../lib/parts.tsx";
import { say as sharing } from "../lib/share-words.ts";
import { ShareButton, pageOf } from "../lib/share.tsx";
import { Empty, Loading, Refused } from "../lib/states.tsx";
import type { Reach, Shown } from "../lib/widget.tsx";
import { say as common, languageOf, spoken } from "../lib/words.ts";
import { Opened } from "../property-detail/detail.tsx";
import type { DeckCard } from "../types/tools.ts";
import "./deck.css";
import { useDrag } from "./drag.ts";
import { type Hand, type Word, mustSignIn, useHand } from "./hand.ts";
import { say } from "./words.ts";

const KEYS: Readonly<Record<string, Word>> = { ArrowLeft: "pass", ArrowRight: "like", ArrowUp: "super_like" };
const SIGNS: Readonly<Record<DeckCard["because"], IconName>> = { taste: "heart", wanted: "yes", popular: "person", fresh: "clock", explore: "search" };

export function Deck({ shown, reach }: { shown: Shown<"next_properties">; reach: Reach }) {
  const hand = useHand(shown, reach);
  const [open, set] = useState<number | null>(null);
  const back = { said: say("back"), go: () => set(null) };
  if (open !== null) return <Opened id={open} reach={reach} back={back} />;
  return <Table hand={hand} reach={reach} open={set} demo={shown.answer.demo !== null} />;
}

function Table({ hand, reach, open, demo }: { hand: Hand; reach: Reach; open: (id: number) => void; demo: boolean }) {
  const [card] = hand.cards;
  const pressed = (event: KeyboardEvent): void => {
    const word = KEYS[event.key];
    const undoes = event.key === "Backspace" || event.key.toLowerCase() === "u";
    if (event.altKey || event.ctrlKey || event.metaKey || (!word && !undoes)) return;
    event.preventDefault();
    if (undoes) hand.undo();
    else if (word) hand.swipe(word);
  };
  return (
    <section class="deck" aria-label={say("title")} onKeyDown={pressed}>
      <header class="top">
        <h1>{say("title")}</h1>
        {hand.liked > 0 && <p class="tally"><Icon name="heart" full />{say("liked")(hand.liked)}</p>}
      </header>
      <Announcement unseen>{aloud(hand, card)}</Announcement>
      {hand.refusal && <Hindered hand={hand} reach={reach} />}
      {card && <Top key={card.id} card={card} hand={hand} reach={reach} open={() => open(card.id)} />}
      {!card && hand.asking && <div class="waits"><Loading /></div>}
      {!card && !hand.asking && !hand.refusal && <Nothing hand={hand} reach={reach} />}
      <Says hand={hand} />
      {card && <p class="keys">{say("keys")}</p>}
      {demo && <p class="keys" lang={spoken()}>{say("demo")}</p>}
    </section>
  );
}

/** The card on top, which can be thrown to either side. */
function Top({ card, hand, reach, open }: { card: DeckCard; hand: Hand; reach: Reach; open: () => void }) {
  const link = pageOf(card.id);
  const { by, word, on } = useDrag(hand.swipe);
  const lean = { transform: by === 0 ? undefined : `translateX(${by}px) rotate(${by / 40}deg)` };
  return (
    <div class="stack" data-left={Math.min(hand.cards.length - 1, 2)}>
      <div class={`thrown${by === 0 ? "" : " held"}${word ? ` ${word}` : ""}`} style={lean} {...on}>
        <PropertyCard card={card} level={2}>
          <Because card={card} />
          <Button small kind="secondary" icon="list" label={say("detailsOf")(heading(card))} onClick={open}>{common("details")}</Button>
          {link && <ShareButton link={link} reach={reach} label={sharing("shareOf")(heading(card))} />}
        </PropertyCard>
        {word && <strong class="stamp" aria-hidden="true">{say(word)}</strong>}
      </div>
    </div>
  );
}

/** Why it comes now. */
function Because({ card }: { card: DeckCard }) {
  const said = say("because")[card.because];
  return (
    <p class="because">
      <Icon name={SIGNS[card.because]} />
      <span>{said}{card.likes > 2 && <>{" · "}{say("likedBy")(card.likes)}</>}</span>
    </p>
  );
}

/** What can be said, whatever lies on top: so that the focus stays. */
function Says({ hand }: { hand: Hand }) {
  const none = hand.cards.length === 0;
  const begun = hand.gone.length > 0;
  const group = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  // The button that was pressed is gone with what could be taken back.
  useLayoutEffect(() => {
    if (!begun && pressed.current) group.current?.querySelector("button")?.focus();
    pressed.current = false;
  }, [begun]);
  const undo = (): void => {
    pressed.current = hand.gone.length === 1;
    hand.undo();
  };
  if (none && !begun) return null;
  return (
    <div class={begun ? "says begun" : "says"} role="group" aria-label={say("sayOf")} ref={group}>
      <Say word="pass" icon="close" none={none} hand={hand} />
      {begun && <button type="button" class="say undo" aria-label={say("undo")} title={say("undo")} onClick={undo}><Icon name="undo" /></button>}
      <Say word="super_like" icon="star" none={none} hand={hand} />
      <Say word="like" icon="heart" none={none} hand={hand} />
    </div>
  );
}

function Say({ word, icon, none, hand }: { word: Word; icon: IconName; none: boolean; hand: Hand }) {
  return (
    <button type="button" class={`say ${word}`} aria-disabled={none || undefined} onClick={() => hand.swipe(word)}>
      <Icon name={icon} />
      <span>{say(word)}</span>
    </button>
  );
}

/** Something was not taken: its card is back. Whoever has not signed in can look on all the same. */
function Hindered({ hand, reach }: { hand: Hand; reach: Reach }) {
  if (hand.refusal === null) return null;
  const guest = mustSignIn(hand.refusal);
  return (
    <div class="hindered">
      {guest ? <Refused refusal={hand.refusal} reach={reach} /> : <Refused refusal={hand.refusal} reach={reach} retry={hand.more} />}
      {guest && hand.cards.length > 0 && <Button kind="quiet" icon="next" onClick={hand.skip}>{say("lookOn")}</Button>}
    </div>
  );
}

function Nothing({ hand, reach }: { hand: Hand; reach: Reach }) {
  const told = useRef(false);
  const ask = (): void => {
    if (!told.current) void reach.host.say(say("askWider"));
    told.current = true;
  };
  return (
    <Empty title={say(hand.gone.length > 0 ? "allSeen" : "none")} icon="heart">
      {hand.note && <p class="lead" lang={languageOf(hand.note)}>{spoken() === "en" ? hand.note : say("wider")}</p>}
      <Button kind="secondary" icon="search" onClick={ask}>{say("widen")}</Button>
    </Empty>
  );
}

/** What happened last, and what lies on top now. */
function aloud({ last, asking }: Hand, card: DeckCard | undefined): string {
  const before = last ? `${say("done")[last.word](heading(last.card))} ` : "";
  const next = card ? say("now")(heading(card), say("because")[card.because]) : asking ? common("loading") : say("allSeen");
  return before + next;
}
