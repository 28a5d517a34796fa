// A visit as a calendar file, which the host opens.

import { useState } from "preact/hooks";
import { Button } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import type { Visit } from "./list.ts";
import { say } from "./words.ts";

export function Calendar({ visit: { id, title }, reach }: { visit: Visit; reach: Reach }) {
  const [refused, set] = useState(false);
  const origin = document.querySelector<HTMLMetaElement>('meta[name="ghar-origin"]')?.content;
  if (!origin) return null;
  const page = new URL(`/visits/${id}.ics`, origin).href;
  const open = async (): Promise<void> => set(!(await reach.host.open(page).catch(() => false)));
  if (refused) return <p class="aside" role="status">{say("yourself")} <bdi>{page}</bdi></p>;
  return <Button small kind="secondary" icon="calendar" label={`${say("calendar")}: ${title}`} onClick={() => void open()}>{say("calendar")}</Button>;
}
