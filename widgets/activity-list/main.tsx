// What was done in a person's name.

import { type View, widget } from "../lib/widget.tsx";

const ActivityList: View<"activity-list"> = ({ shown }) => (
  <ul>{shown.answer.items.map((item) => <li>{item.what}</li>)}</ul>
);

widget("activity-list", ActivityList);
