// All that there is to look at before deciding: pictures, what it says, what was looked into, and how it came here.

import { day, moment, price } from "../lib/format.ts";
import { Findings, Fixes } from "../lib/looked.tsx";
import { Button } from "../lib/parts.tsx";
import { pageOf } from "../lib/share.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import { named } from "../lib/vocabulary.ts";
import "../property-detail/detail.css";
import { type Told, facts } from "../property-detail/facts.tsx";
import { Gallery } from "../property-detail/gallery.tsx";
import type { ListingFinding } from "../types/tools.ts";
import type { Submission } from "./queue.ts";
import { say } from "./words.ts";

/** The form in the names that properties have. */
function told({ form }: Submission): Told {
  const { area, price: asked } = form;
  return {
    ...form, kind: form.kind ?? "apartment", purpose: form.purpose ?? "buy", floor_band: form.floor, age_years: form.age, area_sqft: area,
    price_per_sqft: area && asked ? Math.round(asked / area) : null,
  };
}

export function Whole({ item, reach }: { item: Submission; reach: Reach }) {
  return (
    <div class="whole">
      <div class="side">
        <Photos item={item} />
        <Says item={item} />
      </div>
      <div class="side">
        <Findings findings={item.findings} Head="h3" beside={(each) => <Others finding={each} reach={reach} />} />
        <Fixes fixes={item.fixes} Head="h3" />
        <History item={item} />
      </div>
    </div>
  );
}

function Photos({ item }: { item: Submission }) {
  const { kind, purpose, bedrooms } = told(item);
  if (item.photos.length === 0) return <p class="no-photos">{say("noPhotos")}</p>;
  return <div class="detail"><Gallery property={{ id: item.id, kind, purpose, bedrooms, demo: false, photo: null, photos: item.photos }} /></div>;
}

function Says({ item }: { item: Submission }) {
  const { form } = item;
  const all = facts(told(item));
  const open = all.filter(([, value]) => value === null).map(([what]) => what);
  return (
    <section class="part">
      <h3>{say("facts")}</h3>
      <dl class="says">
        {all.map(([what, value]) => value !== null && <div key={what}><dt>{what}</dt><dd lang={languageOf(value)}>{value}</dd></div>)}
        {form.available_from && <div><dt>{say("from")}</dt><dd>{day(form.available_from)}</dd></div>}
        {form.amenities.length > 0 && <div class="broad"><dt>{say("amenities")}</dt><dd>{form.amenities.map(named).join(", ")}</dd></div>}
        {open.length > 0 && <div class="broad"><dt>{say("notSaid")}</dt><dd>{open.join(", ")}</dd></div>}
      </dl>
      <h3>{say("words")}</h3>
      {form.description ? <p class="text" lang={languageOf(form.description)}>{form.description}</p> : <p class="soft">{say("noWords")}</p>}
    </section>
  );
}

/** The way to what it may be a copy of. */
function Others({ finding, reach }: { finding: ListingFinding; reach: Reach }) {
  if (finding.properties.length === 0) return null;
  const open = async (id: number): Promise<unknown> => {
    const page = pageOf(id);
    return page && reach.host.open(page).catch(() => false);
  };
  return (
    <div class="wraps">
      {finding.properties.map((id) => (
        <Button key={id} small kind="secondary" icon="out" onClick={() => void open(id)}>{say("other")(id)}</Button>
      ))}
    </div>
  );
}

function History({ item: { history } }: { item: Submission }) {
  if (history.length === 0) return null;
  return (
    <section class="part">
      <h3>{say("history")}</h3>
      <ol class="history">
        {history.map(({ at, was, now, by, reason }) => (
          <li key={`${at}${now}`}>
            <time dateTime={at}>{moment(at)}</time>
            <p>{say("moved")(was && say(was), say(now), say("by")[by] ?? by)}</p>
            {reason && <q lang={languageOf(reason)}>{reason}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What is asked for it, in the words of the view. */
export const asking = ({ form, price_text: said }: Submission): string =>
  form.price === null || form.purpose === null ? said : price({ price: form.price, purpose: form.purpose });
