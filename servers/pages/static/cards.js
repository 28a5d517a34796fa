// Properties as cards: picture, price, facts, and why each was found.

import { drawing } from "./art.js";
import { h, languageOf, s } from "./nodes.js";
import { current, distance, price, reasoned, say, titled } from "./words.js";

const DOUBTS = {
  en: {
    price_outlier: "The price is far from comparable ones", price_per_sq_yard: "The source seems to price per square yard", area_outlier: "Unusual area",
    rent_listed_as_sale: "Reads like a rent, listed for sale", sale_listed_as_rent: "Reads like a sale, listed for rent",
    approximate_location: "Its place on the map is approximate", other_town: "The text names another town",
    bedrooms_implausible: "Unusual number of bedrooms", duplicate: "Listed more than once",
  },
  hi: {
    price_outlier: "क़ीमत मिलती-जुलती संपत्तियों से बहुत अलग है", price_per_sq_yard: "स्रोत शायद प्रति वर्ग गज क़ीमत बताता है", area_outlier: "क्षेत्रफल असामान्य है",
    rent_listed_as_sale: "किराया लगता है, बिक्री में दर्ज है", sale_listed_as_rent: "बिक्री लगती है, किराए में दर्ज है",
    approximate_location: "नक़्शे पर जगह अंदाज़न है", other_town: "विवरण में दूसरे शहर का नाम है",
    bedrooms_implausible: "कमरों की संख्या असामान्य है", duplicate: "एक से ज़्यादा बार दर्ज",
  },
};

// A list of properties; `open` is called with the card whose details are asked for.
export function cards(items, open) {
  return h("ul", { class: "cards" }, items.map((item) => h("li", {}, card(item, open))));
}

function card(item, open) {
  const name = `card-${item.id}-${crypto.randomUUID().slice(0, 8)}`;
  return h("article", { class: "card", "aria-labelledby": name },
    picture(item),
    h("div", { class: "body" },
      h("p", { class: "price" }, price(item)),
      h("h3", { id: name }, heading(item)),
      h("p", { class: "where" }, icon("M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"), where(item)),
      facts(item),
      why(item.why),
      doubts(item.flags),
      h("button", { type: "button", class: "more", "aria-label": say("detailsOf")(heading(item)), onclick: () => open(item) }, say("details"))));
}

// A picture with its labels; a drawing where there is none, or where it cannot be loaded.
export function picture(item) {
  const shown = item.photo ? photo(item) : drawing(item);
  return h("div", { class: "picture" }, shown,
    h("p", { class: "labels" },
      h("span", { class: `label ${item.purpose}` }, say(item.purpose)),
      item.demo && h("span", { class: "label demo", title: say("demoLong") }, say("demo"))));
}

function photo(item) {
  const source = new URL(item.photo, location.origin);
  if (source.origin !== location.origin) return drawing(item);
  return h("img", { src: source.pathname, alt: "", loading: "lazy", decoding: "async", width: 640, height: 400,
    onerror: (event) => event.target.replaceWith(drawing(item)) });
}

// "3 BHK builder floor", or the title of what has no bedrooms.
export function heading(item) {
  const kind = item.kind === "pg" ? say("pg_kind") : titled(item.kind, item.kind);
  return item.bedrooms === null || item.bedrooms === undefined ? kind.replace(/^./, (c) => c.toUpperCase()) : `${say("bhk")(item.bedrooms)} ${kind}`;
}

export function where(item) {
  const named = [item.society, item.sector, item.locality].filter(Boolean);
  const parts = named.filter((part, index) => named.indexOf(part) === index).slice(0, 2);
  if (item.distance_m !== null && item.distance_m !== undefined) parts.push(say("away")(distance(item.distance_m)));
  return parts.join(" · ") || "Gurugram";
}

export function facts(item) {
  const known = [
    item.area_sqft && say("area")(item.area_sqft),
    item.purpose === "buy" && item.price_per_sqft && say("rate")(item.price_per_sqft),
    item.furnishing && titled(item.furnishing),
    item.facing && say("facing")(item.facing),
    item.possession && titled(item.possession),
    item.metro_m !== null && item.metro_m !== undefined && item.metro_m < 20000 && say("metro")(distance(item.metro_m)),
  ].filter(Boolean);
  return known.length > 0 && h("ul", { class: "facts" }, known.map((fact) => h("li", {}, fact)));
}

function why(reasons) {
  if (!reasons) return null;
  const { met = [], missed = [], unknown = [] } = reasons;
  return h("div", { class: "why" },
    met.length > 0 && h("details", {},
      h("summary", {}, sign("yes"), say("allMet")(met.length)),
      h("ul", {}, met.map(reasoned).map((wish) => h("li", { lang: languageOf(wish) }, wish)))),
    missed.length > 0 && h("p", { class: "no" }, sign("no"), `${say("missed")}: `, listed(missed)),
    unknown.length > 0 && h("p", { class: "maybe" }, sign("maybe"), `${say("unknown")}: `, listed(unknown)));
}

function listed(wishes) {
  const said = wishes.map(reasoned).join(", ");
  return h("span", { lang: languageOf(said) }, said);
}

export function doubts(flags) {
  const known = (flags ?? []).map((flag) => DOUBTS[current()][flag]).filter(Boolean);
  return known.length > 0 && h("p", { class: "doubt" }, sign("doubt"), `${say("doubts")}: ${known.join(". ")}.`);
}

const SIGNS = {
  yes: "M5 12.5l4.5 4.5L19 7.5", no: "M7 7l10 10M17 7 7 17",
  maybe: "M9 9.2A3 3 0 1 1 12.8 12c-.6.3-.8.8-.8 1.6M12 17.5h.01", doubt: "M12 8v5m0 3.5h.01M12 3.5 2.8 19.5h18.4z",
};
const sign = (name) => s("svg", { class: `sign ${name}`, viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: SIGNS[name] }));
const icon = (d) => s("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d }));
