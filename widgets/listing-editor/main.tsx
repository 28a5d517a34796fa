// One listing of one's own: the form as it was understood, photos, what to mend, and handing it in.

import { useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { day } from "../lib/format.ts";
import { Announcement, Button, Notice, Row } from "../lib/parts.tsx";
import { Refused } from "../lib/states.tsx";
import { type Reach, type Recall, type View, widget } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { Listing } from "../types/tools.ts";
import { useAlbum } from "./album.ts";
import "./editor.css";
import { Fields, fieldId, fieldName } from "./fields.tsx";
import { useForm } from "./form.ts";
import { Gallery } from "./gallery.tsx";
import { say } from "./words.ts";

const ListingEditor: View<"listing-editor"> = ({ shown, reach }) => <Editor key={shown.answer.id} first={shown.answer} reach={reach} />;

function Editor({ first, reach }: { first: Listing; reach: Reach }) {
  const [listing, become] = useState(first);
  const [busy, work] = useState<"save" | "hand" | null>(null);
  const [refusal, refuse] = useState<Refusal | null>(null);
  const [said, tell] = useState<"saved" | "handed" | null>(null);
  const editing = useForm(listing.form);
  const { id, version } = listing;
  // Photos change the score, never what is being typed.
  const look = async (): Promise<void> => {
    const again = await reach.call("get_listing", { id });
    if (again.ok) become((was) => ({ ...again.answer, form: was.form, read: was.read, unread: was.unread, notes: was.notes }));
  };
  const album = useAlbum(id, reach, () => void look());
  /** The version that is kept then; null where it is not kept. */
  const kept = async (): Promise<number | null> => {
    const [wrong] = editing.wrong;
    if (wrong) document.getElementById(fieldId(wrong))?.focus();
    if (wrong || !editing.changed) return wrong ? null : version;
    const outcome = await reach.call("update_listing", { id, version, ...editing.changes });
    if (outcome.ok) become(outcome.answer);
    else refuse(outcome.refusal);
    return outcome.ok ? outcome.answer.version : null;
  };
  const save = async (): Promise<void> => {
    work("save");
    refuse(null);
    if ((await kept()) !== null) tell("saved");
    work(null);
  };
  const hand = async (): Promise<void> => {
    work("hand");
    refuse(null);
    const now = await kept();
    const outcome = now === null ? null : await reach.call("change_listing_status", { id, status: "review", version: now });
    work(null);
    if (outcome?.ok) become(outcome.answer);
    if (outcome?.ok) tell("handed");
    else if (outcome) refuse(outcome.refusal);
  };
  const marked = [...listing.read, ...listing.missing];
  return (
    <article class="editor" aria-labelledby="editor-title">
      <Head listing={listing} />
      <Understood listing={listing} />
      <form class="offer" aria-label={say("form")} onSubmit={(event) => event.preventDefault()}>
        <h2>{say("form")}</h2>
        <Fields editing={editing} marked={marked} open={false} />
        {refusal && <Refused refusal={refusal} reach={reach} />}
        <Row>
          <Button busy={busy === "save"} onClick={() => void save()}>{say(busy === "save" ? "saving" : "save")}</Button>
          {listing.possible.includes("review") && (
            <Button kind="secondary" icon="yes" busy={busy === "hand"} onClick={() => void hand()}>{say("hand")}</Button>
          )}
        </Row>
        <Announcement>{editing.changed ? say("changed") : said && say(said)}</Announcement>
      </form>
      <Gallery album={album} reach={reach} />
      <Better listing={listing} />
    </article>
  );
}

function Head({ listing: { form, status, price_text: price, score, expires_at: until } }: { listing: Listing }) {
  return (
    <header class="head">
      <div>
        <p><span class={`stage ${status}`}>{say(status)}</span></p>
        <h1 id="editor-title" lang={languageOf(form.title ?? "")}>{form.title}</h1>
        <p class="price">{price}</p>
        {until && <p class="aside">{say("expires")(day(until))}</p>}
      </div>
      <div class="score">
        <meter min={0} max={100} low={40} high={75} optimum={100} value={score} aria-label={say("scoreLabel")} />
        <p>{say("score")(score)}</p>
      </div>
    </header>
  );
}

/** What was made of the person's words, for them to look at. */
function Understood({ listing: { read, unread, missing, notes, status } }: { listing: Listing }) {
  const lacking = status === "draft" ? missing : [];
  if (read.length + unread.length + lacking.length + notes.length === 0) return null;
  return (
    <Notice kind={lacking.length > 0 ? "warn" : "plain"}>
      {read.length > 0 && <p>{say("read")} {read.map(fieldName).join(", ")}.</p>}
      {lacking.length > 0 && <p><b>{say("missing")}</b> {lacking.map(fieldName).join(", ")}.</p>}
      {unread.length > 0 && <p>{say("unread")} <q>{unread.join("”, “")}</q></p>}
      {notes.map((each) => <p key={each} lang="en">{each}</p>)}
    </Notice>
  );
}

/** What would make it better, each with a way to where it is mended. */
function Better({ listing: { fixes, doubts } }: { listing: Listing }) {
  const place = useRef<HTMLElement>(null);
  if (fixes.length + doubts.length === 0) return null;
  const go = (field: string): void => {
    const more = document.querySelector<HTMLDetailsElement>("#more");
    const target = document.getElementById(fieldId(field));
    if (more && target && more.contains(target)) more.open = true;
    target?.focus();
    target?.scrollIntoView({ block: "center" });
  };
  const there = (field: string): boolean => field === "photos" || field === "amenities" || document.getElementById(fieldId(field)) !== null;
  return (
    <section class="better" ref={place} aria-label={say("fixes")}>
      <h2>{say("fixes")}</h2>
      <ul>
        {fixes.map(({ field, text, points }) => (
          <li key={field}>
            <b class="points">{say("points")(points)}</b>
            <span lang="en">{text}</span>
            {there(field) && <Button kind="quiet" small label={say("to")(fieldName(field))} onClick={() => go(field)}>{fieldName(field)}</Button>}
          </li>
        ))}
        {doubts.map(({ flag, text }) => <li key={flag} class="doubt"><b>{say("doubts")}</b><span lang="en">{text}</span></li>)}
      </ul>
    </section>
  );
}

/** The text of an answer begins with the listing's id. */
function recalled(text: string): ReturnType<Recall<"listing-editor">> {
  const [, id] = /\bListing (\d+),/.exec(text) ?? [];
  return id === undefined ? null : { tool: "get_listing", given: { id: Number(id) } };
}

widget("listing-editor", ListingEditor, recalled);
