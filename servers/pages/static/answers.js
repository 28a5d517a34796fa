// What tools answered, shown beside the words of the answer.

import { cards, doubts, facts, heading, picture, where } from "./cards.js";
import { h, languageOf } from "./nodes.js";
import { distance, price, say } from "./words.js";

// The node of a tool's structured answer, or null where words are enough. `ask` sends a further question.
export function shown(tool, output, ask) {
  if (!output || typeof output !== "object") return null;
  if (Array.isArray(output.items) && output.items.every(isProperty)) return list(output, ask);
  if (tool === "get_property" && isProperty(output)) return one(output);
  return null;
}

// What a screen reader hears when an answer has come.
export function heard(output) {
  if (!Array.isArray(output?.items)) return "";
  return output.items.length === 0 ? say("none") : say("found")(output.items.length, output.has_more);
}

const isProperty = (item) => item && typeof item === "object" && "id" in item && "price" in item && "kind" in item;

function list(output, ask) {
  return h("div", { class: "result" },
    understood(output),
    output.items.length > 0 && cards(output.items, (item) => ask(say("about")(item.id))),
    relaxed(output, ask));
}

function understood(output) {
  const met = output.items[0]?.why?.met ?? [];
  const unread = output.understood?.unread ?? output.unread ?? [];
  if (met.length + unread.length === 0) return null;
  return h("div", { class: "understood" },
    met.length > 0 && h("p", {}, h("b", {}, `${say("understood")} `), met.map((wish) => h("span", { class: "chip", lang: languageOf(wish) }, wish))),
    unread.length > 0 && h("p", {}, h("b", {}, `${say("unread")} `), unread.map((word) => h("span", { class: "chip odd", lang: languageOf(word) }, word))));
}

function relaxed(output) {
  const ways = output.relaxed ?? [];
  return ways.length > 0 && h("div", { class: "relaxed" }, h("h3", {}, say("relax")), h("ul", {}, ways.map((way) => h("li", {}, String(way.text ?? way)))));
}

function one(item) {
  return h("article", { class: "detail" },
    picture(item),
    h("div", { class: "body" },
      h("p", { class: "price" }, price(item)),
      h("h3", {}, heading(item)),
      h("p", { class: "where" }, where(item)),
      facts(item),
      doubts(item.flags),
      item.description && h("p", { class: "text", lang: languageOf(item.description) }, item.description)));
}

export { distance };
