// A property at a glance: its picture, price and facts, why it was found, and what is doubtful about it.

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { PropertyCard as Card, Why } from "../types/tools.ts";
import { Drawing } from "./art.tsx";
import "./cards.css";
import { area, price, rate } from "./format.ts";
import { Icon, type IconName } from "./icons.tsx";
import { photoAddress, widths } from "./photos.ts";
import { reason } from "./reasons.ts";
import { away, bhk, doubt, facing, named, toMetro } from "./vocabulary.ts";
import { languageOf, say } from "./words.ts";

export type { Card };

/** What `heading`, `where` and `facts` need of a property. */
export type Told = Omit<Card, "why" | "flags" | "first_imported" | "price_text">;

/** "3 BHK builder floor", or the kind alone of what has no bedrooms. */
export function heading({ kind, bedrooms }: Pick<Card, "kind" | "bedrooms">): string {
  const called = named(kind);
  return bedrooms === null ? called.replace(/^./, (first) => first.toUpperCase()) : `${bhk(bedrooms)} ${called}`;
}

/** "Sunrise Greens · Sector 57 · 800 m away". */
export const where = (card: Placed): string => places(card).join(" · ");

type Placed = Pick<Card, "society" | "sector" | "locality" | "distance_m">;

function places({ society, sector, locality, distance_m }: Placed): string[] {
  const known = [society, sector, locality].filter((place): place is string => Boolean(place));
  const parts = [...new Set(known)].slice(0, 2);
  return [...(parts.length > 0 ? parts : [say("city")]), ...(distance_m === null ? [] : [away(distance_m)])];
}

const FAR = 20_000;

/** What is known of a property, each in a few words. */
export function facts(card: Told): string[] {
  const known = [
    card.area_sqft !== null && area(card.area_sqft),
    card.purpose === "buy" && card.price_per_sqft !== null && rate(card.price_per_sqft),
    card.furnishing && named(card.furnishing),
    card.facing && facing(card.facing),
    card.possession && named(card.possession),
    card.metro_m !== null && card.metro_m < FAR && toMetro(card.metro_m),
  ];
  return known.filter((fact): fact is string => Boolean(fact));
}

/** Cards and slides are at most this wide where there is room. */
const SIZES = "auto, (max-width: 40rem) 100vw, 40rem";

interface PictureProps {
  card: Pick<Card, "id" | "kind" | "photo" | "purpose" | "demo">;
  /** What the photo shows, where the words beside it do not say it. */
  alt?: string;
  /** Without the labels in its corner. */
  plain?: boolean;
  children?: ComponentChildren;
}

/** The photo of a property with its labels; a drawing where there is none, or where it cannot be loaded. */
export function Picture({ card, alt = "", plain = false, children }: PictureProps) {
  const [lost, lose] = useState<string | null>(null);
  const address = photoAddress(card.photo);
  const shown = address !== null && address !== lost;
  return (
    <div class="picture">
      {shown ? <img src={address} {...widths(address, SIZES)} alt={alt} loading="lazy" decoding="async" width={640} height={400} onError={() => lose(address)} />
        : <Drawing id={card.id} kind={card.kind} />}
      {!plain && <Labels card={card} />}
      {children}
    </div>
  );
}

function Labels({ card }: { card: Pick<Card, "purpose" | "demo"> }) {
  return (
    <p class="labels">
      <span class="label">{named(card.purpose)}</span>
      {card.demo && <span class="label demo" title={say("demoLong")}>{say("demo")}</span>}
    </p>
  );
}

interface CardProps {
  card: Card;
  /** Shows the details; then the whole card can be pressed. */
  open?: (card: Card) => void;
  /** What lies on the picture, such as a heart. */
  corner?: ComponentChildren;
  /** Buttons below the facts. */
  children?: ComponentChildren;
  /** Marked, as the one that is meant elsewhere too. */
  lit?: boolean;
  /** The picture beside the words, in little room. */
  row?: boolean;
  level?: 2 | 3 | 4;
  /** Learns of the pointer and the focus coming and going. */
  over?: (card: Card | null) => void;
}

export function PropertyCard({ card, open, corner, children, lit = false, row = false, level = 3, over }: CardProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  const title = heading(card);
  return (
    <article
      class={`card${row ? " row" : ""}${lit ? " lit-up" : ""}`} aria-labelledby={id} data-property={card.id}
      onPointerEnter={() => over?.(card)} onPointerLeave={() => over?.(null)} onFocusIn={() => over?.(card)} onFocusOut={() => over?.(null)}
    >
      <Picture card={card}>{corner && <div class="corner">{corner}</div>}</Picture>
      <div class="body">
        <Price card={card} />
        <Heading id={id}>
          {open ? <button type="button" class="opens" onClick={() => open(card)}>{title}</button> : title}
        </Heading>
        <Where card={card} />
        <Facts card={card} />
        {card.why && <Reasons why={card.why} />}
        <Doubts flags={card.flags} />
        {children && <div class="acts">{children}</div>}
      </div>
    </article>
  );
}

/** Cards in as many columns as there is room for: give it list items. */
export function Cards({ children }: { children: ComponentChildren }) {
  return <ul class="cards">{children}</ul>;
}

/** The price of a property. It breaks before its month rather than anywhere. */
export function Price({ card }: { card: Pick<Card, "price" | "purpose"> }) {
  const [amount, ...time] = price(card).split("/");
  return <p class="price">{amount}{time.map((each) => <>/<wbr />{each}</>)}</p>;
}

export function Where({ card }: { card: Placed }) {
  return (
    <p class="where">
      <Icon name="place" />
      <span>{places(card).map((part, at, all) => [<span key={part}>{part}{at + 1 < all.length && " ·"}</span>, " "])}</span>
    </p>
  );
}

export function Facts({ card }: { card: Told }) {
  const known = facts(card);
  return known.length > 0 ? <ul class="facts">{known.map((fact) => <li key={fact}>{fact}</li>)}</ul> : null;
}

/** Which wishes a property meets, misses, and leaves open. */
export function Reasons({ why }: { why: Why }) {
  return (
    <div class="why">
      {why.met.length > 0 && (
        <details>
          <summary><Icon name="yes" />{say("allMet")(why.met.length)}</summary>
          <ul>{why.met.map(reason).map((wish) => <li key={wish} lang={languageOf(wish)}>{wish}</li>)}</ul>
        </details>
      )}
      <Wishes kind="no" title={say("missed")} wishes={why.missed} />
      <Wishes kind="maybe" title={say("unknown")} wishes={why.unknown} />
    </div>
  );
}

function Wishes({ kind, title, wishes }: { kind: IconName; title: string; wishes: readonly string[] }) {
  if (wishes.length === 0) return null;
  const said = wishes.map(reason).join(", ");
  return <p class={kind}><Icon name={kind} /><span>{title}: <span lang={languageOf(said)}>{said}</span></span></p>;
}

/** What may be wrong with a listing, in a few words each. */
export function Doubts({ flags }: { flags: readonly string[] }) {
  if (flags.length === 0) return null;
  return <p class="doubt"><Icon name="doubt" /><span>{say("check")}: {flags.map(doubt).join(". ")}.</span></p>;
}
