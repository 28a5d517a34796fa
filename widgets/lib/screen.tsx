// To the whole screen and back, where the host can.

import { IconButton } from "./parts.tsx";
import type { Reach } from "./widget.tsx";
import { say } from "./words.ts";

export function Screen({ reach: { context, host } }: { reach: Reach }) {
  const full = context.mode === "fullscreen";
  if (!context.modes.includes(full ? "inline" : "fullscreen")) return null;
  const turn = (): void => void host.display(full ? "inline" : "fullscreen");
  return <IconButton icon={full ? "shrink" : "expand"} label={say(full ? "shrink" : "expand")} onClick={turn} />;
}
