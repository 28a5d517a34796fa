// Properties side by side.

import { type View, widget } from "../lib/widget.tsx";

const PropertyCompare: View<"property-compare"> = ({ shown }) => <ul>{shown.answer.items.map((item) => <li>{item.title}</li>)}</ul>;

widget("property-compare", PropertyCompare);
