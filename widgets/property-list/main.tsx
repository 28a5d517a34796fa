// Properties found.

// All words come first, side by side: so they take a kilobyte less.
import "../lib/words.ts";
import "../types/amenities.ts";
import "../lib/vocabulary.ts";
import "../lib/reasons.ts";
import "./words.ts";
import "../property-detail/words.ts";
import "../lib/share-words.ts";
import "../lib/planner-words.ts";
import "../property-compare/words.ts";
import "../lib/confirm-words.ts";
import "../types/names.ts";
import "../lib/told.ts";
import { useRef } from "preact/hooks";
import { type View, widget } from "../lib/widget.tsx";
import { Listing } from "./listing.tsx";

/** A new answer of the model begins anew; what the person did with the one before is past. */
const PropertyList: View<"property-list"> = ({ shown, reach }) => {
  const turn = useRef({ shown, count: 0 });
  if (turn.current.shown !== shown) turn.current = { shown, count: turn.current.count + 1 };
  return <Listing key={turn.current.count} shown={shown} reach={reach} />;
};

widget("property-list", PropertyList);
