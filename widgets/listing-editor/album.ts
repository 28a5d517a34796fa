// The photos of a listing: asked for, sent one by one, put in order, and taken away.

import { useEffect, useState } from "preact/hooks";
import type { Outcome, Refusal } from "../lib/client.ts";
import type { Reach } from "../lib/widget.tsx";
import type { ToolName, Photo, Photos } from "../types/tools.ts";
import { shrunk } from "./shrinking.ts";

const AGAIN = 1_500;

export interface Album {
  readonly photos: readonly Photo[] | null;
  readonly most: number;
  readonly refusal: Refusal | null;
  /** How many of those that were chosen have gone. */
  readonly sending: { readonly at: number; readonly of: number } | null;
  /** The file that this browser could not read. */
  readonly unusable: string | null;
  readonly busy: number | null;
  readonly removed: number | null;
  look(): void;
  send(files: readonly File[], kind: Photo["kind"]): void;
  move(id: number, position: number): void;
  caption(id: number, text: string): void;
  remove(id: number): void;
  restore(): void;
}

export function useAlbum(listing: number, reach: Reach, became: () => void): Album {
  const [kept, keep] = useState<Photos | null>(null);
  const [refusal, refuse] = useState<Refusal | null>(null);
  const [sending, progress] = useState<Album["sending"]>(null);
  const [unusable, puzzle] = useState<string | null>(null);
  const [busy, work] = useState<number | null>(null);
  const [removed, remember] = useState<number | null>(null);
  const look = async (): Promise<void> => {
    const found = await reach.call("list_photos", { property_id: listing });
    if (found.ok) keep(found.answer);
    else refuse(found.refusal);
  };
  const unready = kept?.items.some((each) => each.state === "processing") ?? false;
  useEffect(() => void look(), [listing]);
  useEffect(() => {
    if (!unready) return undefined;
    const timer = setTimeout(() => void look().then(became), AGAIN);
    return () => clearTimeout(timer);
  }, [kept]);
  const done = async <N extends ToolName>(id: number, asking: Promise<Outcome<N>>): Promise<boolean> => {
    work(id);
    refuse(null);
    const outcome = await asking;
    if (!outcome.ok) refuse(outcome.refusal);
    await look();
    work(null);
    became();
    return outcome.ok;
  };
  const send = async (files: readonly File[], kind: Photo["kind"]): Promise<void> => {
    puzzle(null);
    for (const [at, file] of files.entries()) {
      progress({ at: at + 1, of: files.length });
      const data = await shrunk(file);
      if (data === null) puzzle(file.name);
      else if (!(await done(0, reach.call("send_photo", { property_id: listing, data, kind })))) break;
    }
    progress(null);
  };
  return {
    photos: kept?.items ?? null, most: kept?.most ?? 0, refusal, sending, unusable, busy, removed,
    look: () => void look(),
    send: (files, kind) => void send(files, kind),
    move: (id, position) => void done(id, reach.call("update_photo", { id, position })),
    caption: (id, text) => void done(id, reach.call("update_photo", { id, caption: text })),
    remove: (id) => void done(id, reach.call("remove_photo", { id })).then((went) => went && remember(id)),
    restore: () => {
      if (removed === null) return;
      remember(null);
      void done(removed, reach.call("restore_photo", { id: removed }));
    },
  };
}
