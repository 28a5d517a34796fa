// Properties found.

import { type View, widget } from "../lib/widget.tsx";

const PropertyList: View<"property-list"> = ({ shown }) => <ul>{shown.answer.items.map((item) => <li>{item.title}</li>)}</ul>;

widget("property-list", PropertyList);
