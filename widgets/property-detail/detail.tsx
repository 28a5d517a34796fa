// One property whole: what is known of it, what is doubtful, what it is like beside others, and what can be done with it.

import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Facts as Glance, Where, heading } from "../lib/cards.tsx";
import type { Refusal } from "../lib/client.ts";
import { price, rate } from "../lib/format.ts";
import { Icon } from "../lib/icons.tsx";
import { Announcement } from "../lib/parts.tsx";
import { Screen } from "../lib/screen.tsx";
import { Loading, Refused } from "../lib/states.tsx";
import { useViews } from "../lib/views.ts";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { PropertyDetails } from "../types/tools.ts";
import { Buttons, Doings, useActs } from "./actions.tsx";
import "./detail.css";
import { Amenities, Doubts, Facts, Freshness, Metro } from "./facts.tsx";
import { Gallery } from "./gallery.tsx";
import { Part } from "./parts.tsx";
import { Place } from "./place.tsx";
import { Rates } from "./rates.tsx";
import { Similar } from "./similar.tsx";
import { say } from "./words.ts";

/** The way out of a property that was opened from somewhere else. */
export interface Back {
  readonly said: string;
  readonly go: () => void;
}

interface Given {
  readonly property: PropertyDetails;
  readonly reach: Reach;
  /** Then the focus goes to its heading when it is opened. */
  readonly back?: Back | undefined;
}

/** A property, and those that are opened from it in its place. */
export function Detail({ property, reach, back }: Given) {
  const [trail, set] = useState<readonly PropertyDetails[]>([]);
  const opening = useOpening(reach, (found) => set((before) => [...before, found]));
  const shown = trail.at(-1) ?? property;
  const former = trail.at(-2) ?? property;
  const way = trail.length > 0 ? { said: say("backTo")(heading(former)), go: () => set(trail.slice(0, -1)) } : back;
  const focus = opening.opened || back !== undefined;
  return <One key={`${trail.length}:${shown.id}`} property={shown} reach={reach} back={way} opening={opening} focus={focus} />;
}

/** A property by its id, from anywhere: it is fetched first. */
export function Opened({ id, reach, back }: { id: number; reach: Reach; back: Back }) {
  const [property, set] = useState<PropertyDetails | null>(null);
  const opening = useOpening(reach, set);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.focus();
    opening.open(id);
  }, [id]);
  if (property) return <Detail key={property.id} property={property} reach={reach} back={back} />;
  return (
    <div class="detail-opening" tabIndex={-1} ref={place}>
      <Return back={back} />
      {opening.refusal ? <Refused refusal={opening.refusal} reach={reach} retry={() => opening.open(id)} /> : <Loading of="property-detail" />}
    </div>
  );
}

interface Opening {
  readonly busy: boolean;
  /** Whether the person has opened another one here. */
  readonly opened: boolean;
  readonly refusal: Refusal | null;
  readonly open: (id: number) => void;
}

function useOpening({ host, call }: Reach, show: (property: PropertyDetails) => void): Opening {
  const latest = useRef(0);
  const [state, set] = useState<Omit<Opening, "open">>({ busy: false, opened: false, refusal: null });
  const open = async (id: number): Promise<void> => {
    latest.current = id;
    set({ ...state, busy: true, refusal: null });
    const outcome = await call("get_property", { id });
    if (latest.current !== id) return;
    set({ busy: false, opened: true, refusal: outcome.ok ? null : outcome.refusal });
    if (!outcome.ok) return;
    show(outcome.answer);
    void host.tell(`The person is looking at property ${id} now.`, { property_id: id });
  };
  return { ...state, open: (id) => void open(id) };
}

function One({ property, reach, back, opening, focus }: Given & { opening: Opening; focus: boolean }) {
  const id = useId();
  const acts = useActs(property, reach);
  useViews(property.id, reach.call);
  return (
    <article class="detail" aria-labelledby={id}>
      {back && <Return back={back} />}
      <div class="first">
        <Gallery property={property} />
        <div class="lead">
          <Head property={property} reach={reach} id={id} focus={focus} />
          <Buttons acts={acts} />
        </div>
        <Doings acts={acts} />
        <div class="early">
          <Doubts property={property} />
          <Rates property={property} />
        </div>
      </div>
      <div class="parts">
        <Metro property={property} />
        <Place property={property} reach={reach} />
        <Facts property={property} />
        <Amenities property={property} />
        <Description text={property.description} />
        <Freshness property={property} />
      </div>
      <Similar id={property.id} reach={reach} open={opening.open} />
      {opening.refusal && <Refused refusal={opening.refusal} reach={reach} />}
      <Announcement unseen>{opening.busy ? say("opening") : ""}</Announcement>
    </article>
  );
}

function Return({ back }: { back: Back }) {
  return (
    <button type="button" class="button-quiet return" onClick={back.go}>
      <Icon name="back" />
      {back.said}
    </button>
  );
}

function Head({ property, reach, id, focus }: { property: PropertyDetails; reach: Reach; id: string; focus: boolean }) {
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (focus) title.current?.focus();
  }, []);
  const monthly = property.purpose !== "buy" && property.price_per_sqft !== null;
  return (
    <header class="head">
      <div class="top-line">
        <p class="price">{price(property)} {monthly && <small>{rate(property.price_per_sqft ?? 0)}</small>}</p>
        <Screen reach={reach} />
      </div>
      <h1 id={id} ref={title} tabIndex={-1}>{heading(property)}</h1>
      <Where card={property} />
      <p class="own-title" lang={languageOf(property.title)}>{property.title}</p>
      <Glance card={property} />
    </header>
  );
}

const LONG = 420;

function Description({ text }: { text: string }) {
  const [whole, set] = useState(text.length <= LONG);
  if (!text) return null;
  return (
    <Part title={say("about")} name="text-part">
      <p class={whole ? "text" : "text cut"} lang={languageOf(text)}>{text}</p>
      {text.length > LONG && (
        <button type="button" class="button-quiet" aria-expanded={whole} onClick={() => set(!whole)}>{say(whole ? "less" : "more")}</button>
      )}
    </Part>
  );
}
