// One property.

import { type View, widget } from "../lib/widget.tsx";
import { Detail } from "./detail.tsx";

const PropertyDetail: View<"property-detail"> = ({ shown, reach }) => <Detail key={shown.answer.id} property={shown.answer} reach={reach} />;

widget("property-detail", PropertyDetail);
