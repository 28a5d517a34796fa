// What waits for a person, or what came of it.

import { Confirm, isAction, isPreview } from "../lib/confirm.tsx";
import { Done } from "../lib/outcome.tsx";
import { type Recall, type View, widget } from "../lib/widget.tsx";

const ConfirmAction: View<"confirm-action"> = ({ shown, reach }) => {
  const { answer, meta } = shown;
  if (isAction(answer) || isPreview(answer)) return <Confirm answer={answer} meta={meta} reach={reach} />;
  return <Done tool={shown.tool} answer={{ ...answer }} />;
};

/** The text of a preview names the page of its ticket. */
function status(text: string): ReturnType<Recall<"confirm-action">> {
  const [, ticket] = /\/confirm\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/.exec(text) ?? [];
  return ticket === undefined ? null : { tool: "action_status", given: { ticket } };
}

widget("confirm-action", ConfirmAction, status);
