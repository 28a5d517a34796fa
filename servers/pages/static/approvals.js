// What waits for the person's yes or no, shown in the conversation.

import { h, languageOf } from "./nodes.js";
import { current, doing, fieldName, grouped, moment, say } from "./words.js";

// The card of one thing that waits. `decide({ id, approved, reason })` is called once, when the person has decided.
export function approval(data, decide) {
  const { preview } = data;
  const told = current() === "hi" ? { ...preview, ...data.hindi } : preview;
  const what = told.what === preview.what ? doing(preview.tool, preview.what) : told.what;
  const reason = h("input", { type: "text", maxlength: 500, "aria-label": say("whyNot"), placeholder: say("whyNot") });
  const choice = h("div", { class: "buttons" });
  const card = h("section", { class: "approval", "aria-label": say("waits") },
    h("p", { class: "label waits" }, say("waits")),
    h("p", { class: "what", lang: languageOf(what) }, what),
    h("dl", {},
      row(say("whom"), told.whom),
      row(say("costs"), told.costs === null ? say("nothing") : `₹${grouped(told.costs)}`),
      row(say("until"), told.until && moment(told.until)),
      ...Object.entries(told.arguments).map(([name, value]) => row(fieldName(name), written(value))),
      row(say("before"), moment(told.expires_at))),
    choice);
  const decided = (approved) => {
    settle(say(approved ? "approved" : "denied"));
    decide({ id: preview.ticket, approved, ...(reason.value.trim() && !approved ? { reason: reason.value.trim() } : {}) });
  };
  const settle = (said) => choice.replaceChildren(h("p", { class: "decided" }, said));
  const ask = () => choice.replaceChildren(...[
    data.approvable
      ? h("button", { type: "button", class: "button", onclick: () => decided(true) }, say("approve"))
      : h("a", { class: "button", href: preview.confirm_url, target: "_blank", rel: "noopener" }, say("onPage")),
    h("button", { type: "button", class: "button-secondary", onclick: () => decided(false) }, say("deny")),
    reason,
  ]);
  ask();
  return { card, ask };
}

const row = (name, value) => value && h("div", {}, h("dt", {}, name), h("dd", { lang: languageOf(value) }, value));

const written = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));
