// Properties one after the other.

// All words come first, side by side: so they take a kilobyte less.
import "../lib/words.ts";
import "../types/amenities.ts";
import "../lib/vocabulary.ts";
import "../lib/reasons.ts";
import "./words.ts";
import "../property-detail/words.ts";
import "../lib/share-words.ts";
import "../lib/confirm-words.ts";
import { useRef } from "preact/hooks";
import { type View, widget } from "../lib/widget.tsx";
import { Deck } from "./deck.tsx";

/** A new answer of the model begins anew; what was swiped in the one before is past. */
const PropertyDeck: View<"property-deck"> = ({ shown, reach }) => {
  const turn = useRef({ shown, count: 0 });
  if (turn.current.shown !== shown) turn.current = { shown, count: turn.current.count + 1 };
  return <Deck key={turn.current.count} shown={shown} reach={reach} />;
};

widget("property-deck", PropertyDeck);
