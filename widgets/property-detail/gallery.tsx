// The pictures of a property: swiped, stepped through by buttons and keys, or chosen by their small copies.

import { useEffect, useRef, useState } from "preact/hooks";
import { Picture, heading } from "../lib/cards.tsx";
import { Icon } from "../lib/icons.tsx";
import { IconButton } from "../lib/parts.tsx";
import { folder, photoAddress, widths } from "../lib/photos.ts";
import type { PropertyDetails } from "../types/tools.ts";
import { say } from "./words.ts";

type Pictured = Pick<PropertyDetails, "id" | "kind" | "purpose" | "bedrooms" | "demo" | "photo" | "photos">;

/** The pictures that are ours to show, each once; none means a drawing. */
export function pictures({ photo, photos }: Pick<PropertyDetails, "photo" | "photos">): string[] {
  const all = [photo, ...photos].filter((each): each is string => photoAddress(each) !== null);
  // The cover comes in two sizes.
  return [...new Map(all.map((each) => [folder(each), each])).values()];
}

export function Gallery({ property }: { property: Pictured }) {
  const all = pictures(property);
  if (all.length > 1) return <Slides property={property} photos={all} />;
  const card = { ...property, photo: all[0] ?? null };
  return <div class="gallery"><Picture card={card} alt={card.photo ? heading(property) : ""} /></div>;
}

function Slides({ property, photos }: { property: Pictured; photos: readonly string[] }) {
  const track = useRef<HTMLDivElement>(null);
  const [at, set] = useState(0);
  const count = photos.length;
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(count - 1, to));
    const slide = track.current?.children[next];
    if (slide instanceof HTMLElement) track.current?.scrollTo({ left: slide.offsetLeft, behavior: calm() ? "auto" : "smooth" });
    set(next);
  };
  useEffect(() => watch(track.current, set), [property.id]);
  return (
    <div class="gallery" role="group" aria-label={say("picturesOf")(heading(property))}>
      <div class="window">
        <div class="track" ref={track} tabIndex={0} role="group" aria-label={say("pictures")} onKeyDown={(event) => step(event, at, go)}>
          {photos.map((photo, n) => <Picture key={photo} card={{ ...property, photo }} alt={say("picture")(n + 1, count)} plain={n > 0} />)}
        </div>
        {at > 0 && <span class="turn back"><IconButton icon="back" label={say("previous")} onClick={() => go(at - 1)} floating /></span>}
        {at < count - 1 && <span class="turn on"><IconButton icon="next" label={say("next")} onClick={() => go(at + 1)} floating /></span>}
        <p class="counter" role="status">
          <span class="unseen">{say("picture")(at + 1, count)}</span>
          <span aria-hidden="true">{at + 1} / {count}</span>
        </p>
      </div>
      <Thumbs photos={photos} at={at} go={go} />
    </div>
  );
}

function Thumbs({ photos, at, go }: { photos: readonly string[]; at: number; go: (to: number) => void }) {
  return (
    <ul class="thumbs">
      {photos.map((photo, n) => (
        <li key={photo}>
          <button type="button" aria-label={say("show")(n + 1, photos.length)} aria-current={n === at} onClick={() => go(n)}>
            <Small photo={photo} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Small({ photo }: { photo: string }) {
  const [lost, lose] = useState(false);
  const address = photoAddress(photo);
  return lost || !address ? <Icon name="no" /> : <img src={address} {...widths(address, "5rem")} alt="" loading="lazy" decoding="async" onError={() => lose(true)} />;
}

const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

const STEPS: Readonly<Record<string, (at: number) => number>> = {
  ArrowLeft: (at) => at - 1, ArrowRight: (at) => at + 1, Home: () => 0, End: () => Number.MAX_SAFE_INTEGER,
};

function step(event: KeyboardEvent, at: number, go: (to: number) => void): void {
  const to = STEPS[event.key];
  if (!to) return;
  event.preventDefault();
  go(to(at));
}

const SETTLED = 120;

/** Learns which picture a swipe has come to rest on. */
function watch(track: HTMLElement | null, set: (at: number) => void): (() => void) | undefined {
  if (!track) return undefined;
  let timer = 0;
  const moved = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => set(Math.round(track.scrollLeft / Math.max(1, track.clientWidth))), SETTLED);
  };
  track.addEventListener("scroll", moved);
  return () => {
    clearTimeout(timer);
    track.removeEventListener("scroll", moved);
  };
}
