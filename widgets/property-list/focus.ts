// The focus in a list that changes: where what had it is gone, what matters next takes it.

import { useEffect } from "preact/hooks";

interface Held {
  readonly element: Element;
  /** The part of the view that it was in. */
  readonly part: Element | null;
  /** How many cards there were. */
  readonly cards: number;
}

const CARDS = ".found article.card";

/** Watches what has the focus inside `root`, and looks after each change whether it is still there. */
export function useHeldFocus(root: { current: HTMLElement | null }): void {
  useEffect(() => {
    const { current } = root;
    if (current === null) return undefined;
    let held: Held | null = null;
    const hold = ({ target }: FocusEvent): void => {
      if (target instanceof Element) held = { element: target, part: target.closest(".found, .beside"), cards: current.querySelectorAll(CARDS).length };
    };
    const watch = new MutationObserver(() => {
      if (held === null || held.element.isConnected || document.activeElement !== document.body || !document.hasFocus()) return;
      heir(current, held)?.focus({ preventScroll: true });
    });
    current.addEventListener("focusin", hold);
    watch.observe(current, { childList: true, subtree: true });
    return () => {
      current.removeEventListener("focusin", hold);
      watch.disconnect();
    };
  }, []);
}

/** The first of the cards that have come, the map, or the line that says how many there are. */
function heir(root: HTMLElement, { part, cards }: Held): HTMLElement | null {
  const found = root.querySelectorAll<HTMLElement>(`${CARDS} .opens`);
  if (part?.matches(".found") && found.length > 0) return found[found.length > cards ? cards : 0] ?? null;
  if (part?.matches(".beside")) return root.querySelector<HTMLElement>("[role='application']");
  return root.querySelector<HTMLElement>("h1");
}
