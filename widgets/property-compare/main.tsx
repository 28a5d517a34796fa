// Properties side by side.

import { type View, widget } from "../lib/widget.tsx";
import { Compare } from "./compare.tsx";

const PropertyCompare: View<"property-compare"> = ({ shown: { answer }, reach }) => (
  <Compare key={answer.items.map(({ id }) => id).join()} comparison={answer} reach={reach} />
);

widget("property-compare", PropertyCompare);
