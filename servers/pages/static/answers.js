// What tools answered, shown beside the words of the answer.

import { cards, doubts, facts, heading, picture, where } from "./cards.js";
import { compared } from "./hindi.js";
import { h, languageOf } from "./nodes.js";
import { bent, current, distance, grouped, humanised, price, say, wishes } from "./words.js";

// The node of a tool's structured answer, or null where words are enough.
// `put` asks a further question, `relax` asks the same one with a wish bent.
export function shown(tool, input, output, { put, relax }) {
  if (!output || typeof output !== "object") return null;
  if (Array.isArray(output.items) && output.items.every(isProperty)) return list(input, output, put, relax);
  if (tool === "get_property" && isProperty(output)) return one(output);
  return null;
}

// What a screen reader hears when an answer has come.
export function heard(output) {
  if (!Array.isArray(output?.items)) return "";
  return output.items.length === 0 ? say("none") : say("found")(output.items.length, output.has_more);
}

const isProperty = (item) => item && typeof item === "object" && "id" in item && "price" in item && "kind" in item;

function list(input, output, put, relax) {
  return h("div", { class: "result" },
    understood(output.understood),
    output.items.length > 0 && cards(output.items, (item) => put(say("about")(item.id))),
    relaxed(output.relaxed ?? [], (way) => relax(way, input)));
}

function understood(read) {
  const met = wishes(read?.filters);
  const unread = read?.unread ?? [];
  return met.length + unread.length > 0 && h("div", { class: "understood" },
    chips(say("understood"), met, "chip"), chips(say("unread"), unread, "chip odd"));
}

const chips = (title, texts, style) => texts.length > 0 &&
  h("p", {}, h("b", {}, title), texts.map((text) => h("span", { class: style, lang: languageOf(text) }, text)));

function relaxed(ways, relax) {
  return ways.length > 0 && h("div", { class: "relaxed" },
    h("h3", {}, say("relax")),
    h("ul", {}, ways.map((way) => h("li", {},
      h("button", { type: "button", onclick: () => relax({ ...way, said: bent(way) }) }, bent(way))))));
}

function one(item) {
  const told = (title, content) => content && h("section", {}, h("h4", {}, title), content);
  return h("article", { class: "detail" },
    picture(item),
    h("div", { class: "body" },
      h("p", { class: "price" }, price(item)),
      h("h3", {}, heading(item)),
      h("p", { class: "where" }, where(item)),
      facts(item),
      doubts(item.flags),
      told(say("compared"), item.local_rate && h("p", {}, rate(item))),
      told(say("metros"), plain((item.metro ?? []).map((stop) => `${stop.name} ${distance(stop.distance_m)}`))),
      told(say("has"), plain((item.amenities ?? []).map(humanised))),
      told(say("lacks"), plain((item.lacks ?? []).map(humanised))),
      told(say("welcome"), plain((item.tenants ?? []).map(humanised))),
      item.description && h("p", { class: "text", lang: languageOf(item.description) }, item.description),
      source(item.source)));
}

const source = (from) => from?.text && h("p", { class: "source" }, current() === "hi" ? say("whence")(from) : from.text);

const rate = (item) => (current() === "hi" ? compared(item.local_rate, item, grouped) : item.local_rate.text);

const plain = (texts) => texts.length > 0 && h("ul", { class: "plain" }, texts.map((text) => h("li", { lang: languageOf(text) }, text)));
