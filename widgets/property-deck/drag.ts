// Swiping: a card follows the finger, and goes where it was thrown.

import { useRef, useState } from "preact/hooks";
import type { Word } from "./hand.ts";

/** How far it must be moved to mean something. */
const FAR = 90;
/** What is pressed there is not the card. */
const PRESSED = "button, a, summary";

export interface Drag {
  /** How far it is from its place, in pixels. */
  readonly by: number;
  /** What letting go now would say. */
  readonly word: Word | null;
  readonly on: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onPointerCancel: () => void;
  };
}

export function useDrag(swipe: (word: Word) => void): Drag {
  const [by, move] = useState(0);
  const from = useRef<number | null>(null);
  const word: Word | null = by > FAR ? "like" : by < -FAR ? "pass" : null;
  const end = (): void => {
    from.current = null;
    move(0);
  };
  return {
    by, word,
    on: {
      onPointerDown: (event) => {
        if (!event.isPrimary || event.button !== 0 || (event.target as Element).closest(PRESSED)) return;
        from.current = event.clientX;
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        if (from.current !== null) move(event.clientX - from.current);
      },
      onPointerUp: () => {
        const meant = from.current === null ? null : word;
        end();
        if (meant) swipe(meant);
      },
      onPointerCancel: end,
    },
  };
}
