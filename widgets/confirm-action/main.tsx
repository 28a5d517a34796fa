// What waits for a person, or what came of it.

import { Confirm, isAction, isPreview } from "../lib/confirm.tsx";
import { Done } from "../lib/outcome.tsx";
import { type View, widget } from "../lib/widget.tsx";

const ConfirmAction: View<"confirm-action"> = ({ shown, reach }) => {
  const { answer, meta } = shown;
  if (isAction(answer) || isPreview(answer)) return <Confirm answer={answer} meta={meta} reach={reach} />;
  return <Done tool={shown.tool} answer={{ ...answer }} />;
};

widget("confirm-action", ConfirmAction);
