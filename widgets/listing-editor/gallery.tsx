// The photos: each with its place, its caption, and what can be done with it.

import { useId } from "preact/hooks";
import { Announcement, Button, IconButton, Notice } from "../lib/parts.tsx";
import { photoAddress, widths } from "../lib/photos.ts";
import { Loading, Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { Photo } from "../types/tools.ts";
import type { Album } from "./album.ts";
import { fieldId } from "./fields.tsx";
import { say } from "./words.ts";

const TAKEN = "image/jpeg,image/png,image/webp";

export function Gallery({ album, reach }: { album: Album; reach: Reach }) {
  const { photos, most, refusal, sending, unusable, removed } = album;
  return (
    <section class="photos" id={fieldId("photos")} tabIndex={-1} aria-label={say("photos")}>
      <header>
        <h2>{say("photos")}</h2>
        {photos && photos.length > 0 && <p class="aside">{say("count")(photos.length, most)}</p>}
      </header>
      {!photos && !refusal && <Loading />}
      {photos?.length === 0 && <p class="none">{say("noPhotos")}</p>}
      {photos && <ol>{photos.map((each, at) => <Item key={each.id} photo={each} at={at} all={photos} album={album} />)}</ol>}
      {refusal && <Refused refusal={refusal} reach={reach} retry={album.look} />}
      {unusable && <Notice kind="bad">{say("unusable")(unusable)}</Notice>}
      <Announcement>
        {sending && say("sending")(sending.at, sending.of)}
        {removed !== null && <><span>{say("removed")} </span><Button kind="quiet" small onClick={album.restore}>{say("undo")}</Button></>}
      </Announcement>
      {photos && photos.length < most && (
        <div class="adding">
          <Picker text={say("add")} several album={album} kind="photo" />
          <Picker text={say("plan")} album={album} kind="floor_plan" />
          <p class="aside">{say("stripped")}</p>
        </div>
      )}
    </section>
  );
}

/** A field for files that looks like a button. */
function Picker({ text, kind, several = false, album }: { text: string; kind: Photo["kind"]; several?: boolean; album: Album }) {
  const id = useId();
  const take = (input: HTMLInputElement): void => {
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length > 0) album.send(files, kind);
  };
  return (
    <span class="picker">
      <input id={id} type="file" accept={TAKEN} multiple={several} disabled={album.sending !== null} onChange={(event) => take(event.currentTarget)} />
      <label for={id} class="button-secondary">{text}</label>
    </span>
  );
}

function Item({ photo, at, all, album }: { photo: Photo; at: number; all: readonly Photo[]; album: Album }) {
  const { id, cover, caption, path, state, problem } = photo;
  const name = photo.kind === "floor_plan" ? say("floorPlan") : say("photo")(at + 1);
  const address = photoAddress(path);
  const [before, after] = [all[at - 1], all[at + 1]];
  const busy = album.busy === id;
  const movable = state === "ready" && photo.kind === "photo";
  return (
    <li aria-busy={busy || undefined}>
      <div class="thumb">
        {address
          ? <img src={address} {...widths(address, "14rem")} alt={caption ?? name} width={photo.width ?? 640} height={photo.height ?? 400} loading="lazy" decoding="async" />
          : <p class={problem ? "bad" : ""} role="status" lang={problem ? "en" : undefined}>{problem ?? say(state === "waiting" ? "waiting" : "processing")}</p>}
        {(cover || photo.held) && <span class="label">{say(cover ? "cover" : "held")}</span>}
      </div>
      {state === "ready" && (
        <input
          type="text" aria-label={say("captionOf")(at + 1)} placeholder={say("caption")} maxLength={200}
          defaultValue={caption ?? ""} lang={caption ? languageOf(caption) : undefined}
          onChange={(event) => event.currentTarget.value.trim() !== (caption ?? "") && album.caption(id, event.currentTarget.value)}
        />
      )}
      <div class="acts" role="group" aria-label={name}>
        {movable && !cover && <IconButton icon="star" label={`${say("makeCover")}: ${name}`} busy={busy} onClick={() => album.move(id, 1)} />}
        {movable && before?.kind === "photo" && <IconButton icon="back" label={`${say("earlier")}: ${name}`} busy={busy} onClick={() => album.move(id, at)} />}
        {movable && after?.kind === "photo" && <IconButton icon="next" label={`${say("later")}: ${name}`} busy={busy} onClick={() => album.move(id, at + 2)} />}
        <IconButton icon="close" label={`${say("remove")}: ${name}`} busy={busy} onClick={() => album.remove(id)} />
      </div>
    </li>
  );
}
