// The list and the map of what was found, and what is opened from them in their place.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Camera } from "../lib/map/map.tsx";
import { Announcement, Button, Notice } from "../lib/parts.tsx";
import { Empty, Refused } from "../lib/states.tsx";
import { bent } from "../lib/vocabulary.ts";
import type { Reach, Shown } from "../lib/widget.tsx";
import { languageOf, say as common, spoken } from "../lib/words.ts";
import { Opened } from "../property-detail/detail.tsx";
import { type Keeping, useKept } from "../property-detail/keep.tsx";
import { say as detailed } from "../property-detail/words.ts";
import type { PropertyCard as Card } from "../types/tools.ts";
import { ChosenBar, Compared, useComparing } from "./comparing.tsx";
import { useHeldFocus } from "./focus.ts";
import { ResultMap } from "./ground.tsx";
import { Head, type Side } from "./head.tsx";
import "./list.css";
import { bentBy, takenOff } from "./question.ts";
import { type Doing, Results } from "./results.tsx";
import { type Searching, useSearching } from "./searching.ts";
import { say } from "./words.ts";

/** From this many pixels on there is room for a map beside the cards. */
const WIDE = 640;
/** So many cards at first where they stand one below the other in a chat. */
const FIRST = 4;

export function Listing({ shown, reach }: { shown: Shown<"search_properties" | "similar_properties">; reach: Reach }) {
  const searching = useSearching(shown, reach);
  const comparing = useComparing(reach);
  const [keeping, touched] = useTouched(useKept(reach));
  const [open, setOpen] = useState<number | null>(null);
  const [over, setOver] = useState<readonly number[]>([]);
  const [pressed, press] = useState<readonly number[]>([]);
  const place = useRef<Place>({ camera: null, side: "list", limit: FIRST }).current;
  const left = useRef<number | null>(null);
  const show = (card: Card): void => {
    left.current = card.id;
    setOver([]);
    setOpen(card.id);
  };
  if (open !== null) return <Opened id={open} reach={reach} back={{ said: say("back"), go: () => setOpen(null) }} />;
  if (comparing.comparison) return <Compared comparison={comparing.comparison} reach={reach} back={comparing.shut} />;
  const lit = over.length > 0 ? over : pressed;
  const doing: Doing = { open: show, keeping, chosen: comparing.chosen, choose: comparing.choose, lit, over: setOver };
  return (
    <Both
      searching={searching} reach={reach} doing={doing} returned={left} place={place}
      press={(ids) => press(ids.join() === pressed.join() ? [] : ids)} pressed={pressed}
    >
      {keeping.refusal && <Refused refusal={keeping.refusal} reach={reach} retry={keeping.again} />}
      {comparing.refusal && <Refused refusal={comparing.refusal} reach={reach} retry={comparing.compare} />}
      <Kept keeping={keeping} id={touched} />
      <ChosenBar {...comparing} />
    </Both>
  );
}

/** Where the person was, for when they come back from what they opened. */
interface Place {
  camera: Camera | null;
  side: Side;
  /** How many cards were shown. */
  limit: number;
}

interface BothProps {
  readonly searching: Searching;
  readonly reach: Reach;
  readonly doing: Doing;
  /** The card that was opened last, where the focus goes back to. */
  readonly returned: { current: number | null };
  readonly place: Place;
  readonly pressed: readonly number[];
  readonly press: (ids: readonly number[]) => void;
  readonly children: ComponentChildren;
}

/** List and map side by side, or one of them where there is little room. */
function Both({ searching, reach, doing, returned, place, pressed, press, children }: BothProps) {
  const { found, busy, refusal, again, said } = searching;
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const [side, setSide] = useState(place.side);
  const turn = (to: Side): void => setSide((place.side = to));
  useReturn(root, returned, width > 0);
  useHeldFocus(root);
  const wide = width >= WIDE;
  const mapped = found.items.some(({ lat }) => lat !== null) || searching.question !== null;
  const choose = (ids: readonly number[]): void => {
    press(ids);
    if (wide) scrollTo(root.current, ids[0]);
  };
  const whole = wide || reach.context.mode === "fullscreen";
  const chosen = found.items.filter(({ id }) => pressed.includes(id));
  return (
    <div class={`listing${wide ? " wide" : ""}`} ref={root}>
      <Head searching={searching} reach={reach} side={side} turn={!wide && mapped ? turn : undefined} />
      {refusal && <Refused refusal={refusal} reach={reach} retry={again} />}
      <Announcement unseen>{said}</Announcement>
      {width > 0 && (
        <div class="both">
          {(wide || side === "list") && <Found searching={searching} width={wide ? width * 0.54 : width} whole={whole} doing={doing} place={place} />}
          {(wide || side === "map") && mapped && (
            <ResultMap searching={searching} reach={reach} lit={doing.lit} choose={choose} over={doing.over} last={place} />
          )}
          {!wide && side === "map" && chosen.length > 0 && (
            <section class="here" aria-label={say("here")}><Results items={chosen} row doing={doing} /></section>
          )}
        </div>
      )}
      {busy === "search" && <i class="working" aria-hidden="true" />}
      {children}
    </div>
  );
}

/** What was found; `whole` where all of it may be as long as it is. */
function Found({ searching, width, whole, doing, place }: Pick<BothProps, "searching" | "doing" | "place"> & { width: number; whole: boolean }) {
  const { found, busy, more } = searching;
  const [limit, raise] = useState(place.limit);
  const items = whole ? found.items : found.items.slice(0, limit);
  const hidden = found.items.length - items.length;
  const next = (): void => {
    raise((place.limit = limit + FIRST));
    if (hidden === 0) more();
  };
  return (
    <div class="found" aria-busy={busy === "search"}>
      {found.items.length === 0 && <Nothing searching={searching} />}
      {items.length > 0 && <Results items={items} row={width < 600} doing={doing} />}
      {items.length > 0 && found.relaxed.length > 0 && <Relaxed searching={searching} />}
      {(hidden > 0 || found.next !== null) && (
        <Button kind="secondary" busy={busy === "more"} onClick={next}>{hidden > 0 ? say("moreLeft")(Math.min(hidden, FIRST)) : say("more")}</Button>
      )}
      <Notes searching={searching} />
    </div>
  );
}

function Nothing({ searching }: { searching: Searching }) {
  const { question, search } = searching;
  const area = question?.area != null;
  return (
    <Empty title={say(question === null ? "noneSimilar" : area ? "noneHere" : "none")}>
      {area && question && <Button kind="secondary" onClick={() => search(takenOff(question, "box"))}>{say("backToPlaces")}</Button>}
      <Relaxed searching={searching} />
    </Empty>
  );
}

/** One wish bent at a time, each a search of its own. */
function Relaxed({ searching: { found, question, search } }: { searching: Searching }) {
  if (found.relaxed.length === 0 || question === null) return null;
  return (
    <section class="relaxed" aria-label={say("instead")}>
      <p>{say("instead")}</p>
      <div class="wraps">
        {found.relaxed.map((each) => {
          const text = bent(each);
          return (
            <Button key={text} kind="secondary" small onClick={() => search(bentBy(question, each, found.understood))}>
              <span lang={languageOf(text)}>{text}</span>
            </Button>
          );
        })}
      </div>
    </section>
  );
}

/** What the answer says beside its properties. Its sentences are English. */
function Notes({ searching: { found } }: { searching: Searching }) {
  const notes = [...new Set([...(found.understood?.notes ?? []), ...found.notes])];
  if (notes.length === 0 && !found.demo) return null;
  return (
    <ul class="notes" aria-label={say("notes")}>
      {notes.map((note) => <li key={note} lang={languageOf(note)}>{note}</li>)}
      {found.demo && <li lang={spoken()}>{say("demo")}</li>}
    </ul>
  );
}

/** The heart that was pressed last is the one to undo. */
function useTouched(keeping: Keeping): [Keeping, number | null] {
  const [id, set] = useState<number | null>(null);
  const turn = (which: number): void => {
    set(which);
    keeping.turn(which);
  };
  return [{ ...keeping, turn }, id];
}

function Kept({ keeping: { done, turn }, id }: { keeping: Keeping; id: number | null }) {
  if (!done || id === null) return null;
  return (
    <Notice kind={done === "unkept" ? "plain" : "good"}>
      <div class="wraps">
        <span>{detailed(done)}</span>
        {done !== "wasKept" && <Button kind="quiet" small icon="undo" onClick={() => turn(id)}>{common("undo")}</Button>}
      </div>
    </Notice>
  );
}

/** Scrolls the list, and nothing around it, to a card. */
function scrollTo(root: HTMLElement | null, id: number | undefined): void {
  const list = root?.querySelector<HTMLElement>(".found");
  const card = list?.querySelector<HTMLElement>(`[data-property="${id}"]`);
  if (!list || !card) return;
  const down = card.getBoundingClientRect().top - list.getBoundingClientRect().top - 12;
  list.scrollTo({ top: list.scrollTop + down, behavior: "smooth" });
}

/** Back from what was opened, the focus is where it was. */
function useReturn(root: { current: HTMLElement | null }, returned: { current: number | null }, ready: boolean): void {
  useLayoutEffect(() => {
    if (!ready) return;
    const id = returned.current;
    returned.current = null;
    if (id !== null) root.current?.querySelector<HTMLElement>(`[data-property="${id}"] .opens`)?.focus();
  }, [ready]);
}

function useWidth(root: { current: HTMLElement | null }): number {
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    const { current } = root;
    if (current === null) return undefined;
    const measure = (): void => set(current.clientWidth);
    const watch = new ResizeObserver(measure);
    watch.observe(current);
    measure();
    return () => watch.disconnect();
  }, []);
  return width;
}
