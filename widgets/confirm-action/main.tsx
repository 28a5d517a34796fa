// What waits for a person.

import { type View, widget } from "../lib/widget.tsx";

const ConfirmAction: View<"confirm-action"> = ({ shown }) => <h1>{"what" in shown.answer ? shown.answer.what : ""}</h1>;

widget("confirm-action", ConfirmAction);
