// One property.

import { type View, widget } from "../lib/widget.tsx";

const PropertyDetail: View<"property-detail"> = ({ shown }) => <h1>{shown.answer.title}</h1>;

widget("property-detail", PropertyDetail);
