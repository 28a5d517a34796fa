// Passing a property on: its link is copied, or its page is opened, from where it can be shared.

import { useState } from "preact/hooks";
import { Announcement, Button } from "./parts.tsx";
import { say } from "./share-words.ts";
import type { Reach } from "./widget.tsx";

/** The page of a property for everybody, by its id alone; it leads on to the one with words. */
export function pageOf(id: number): string | null {
  const origin = document.querySelector<HTMLMetaElement>('meta[name="ghar-origin"]')?.content;
  return origin ? `${origin}/h/${id}` : null;
}

interface Policy {
  readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

/** Whether it is on the clipboard now. Frames that may not write there are not tried: browsers complain of that aloud. */
async function copied(link: string): Promise<boolean> {
  const { featurePolicy } = document as Document & Policy;
  if (!navigator.clipboard || featurePolicy?.allowsFeature("clipboard-write") === false) return false;
  return navigator.clipboard.writeText(link).then(() => true, () => false);
}

export type Shared = "copied" | "opened" | "shown";

/** What has come of sharing a link, and what shares it. */
export function useShare(link: string | null, { host }: Reach): [Shared | null, () => void] {
  const [shared, set] = useState<Shared | null>(null);
  const share = async (): Promise<void> => {
    if (link === null) return;
    set((await copied(link)) ? "copied" : (await host.open(link).catch(() => false)) ? "opened" : "shown");
  };
  return [shared, () => void share()];
}

/** A button that shares, for where there is little room. */
export function ShareButton({ link, reach, label }: { link: string; reach: Reach; label: string }) {
  const [shared, share] = useShare(link, reach);
  return (
    <>
      <Button small kind="secondary" icon="share" label={label} onClick={share}>{say("share")}</Button>
      <SharedNote shared={shared} link={link} />
    </>
  );
}

export function SharedNote({ shared, link }: { shared: Shared | null; link: string }) {
  return (
    <Announcement>
      {shared && say(shared)}
      {shared === "shown" && <> <bdi class="address">{link}</bdi></>}
    </Announcement>
  );
}
