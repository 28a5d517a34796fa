// One question and its answer: words, and what tools answered.

import { Approval } from "./approvals.js";
import { h, languageOf } from "./nodes.js";
import { door } from "./person.js";
import { load } from "./view.js";
import { view } from "./views.js";
import { say } from "./words.js";

const MOST_AT_ONCE = 4;
const before = new Set();

export const tell = (text) => { document.getElementById("status").textContent = text; };

// `put` asks a further question, `decided` goes on with a turn in which everything has been decided.
export class Turn {
  constructor(question, { put, decided }) {
    this.put = put;
    this.decided = decided;
    this.asked = h("li", { class: "asked" }, h("h2", { lang: languageOf(question) }, h("span", { class: "unseen" }, `${say("you")}: `), question));
    this.progress = h("p", { class: "progress" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", {}, say("working")));
    this.answer = h("li", { class: "answer" }, h("span", { class: "unseen" }, `${say("answer")}: `), this.progress);
    this.tools = new Map();
    this.inputs = new Map();
    this.paragraphs = new Map();
    this.outputs = [];
    this.approvals = new Map();
    this.waiting = new Set();
    this.decisions = new Map();
    this.failed = false;
    this.news = "";
    this.stage();
  }

  // Words, and beneath them what they are about. An answer that goes on does so below.
  stage() {
    this.text = h("div", { class: "words" });
    this.results = h("div", { class: "results" });
    this.answer.append(this.text, this.results);
  }

  take(event) {
    const taken = {
      "tool-input-start": () => this.work(event),
      "tool-input-available": () => this.inputs.set(event.toolCallId, event.input),
      "tool-output-available": () => this.result(event),
      "tool-output-error": () => this.refused(event),
      "data-approval": () => this.wait(event.data),
      "text-start": () => this.begin(event),
      "text-delta": () => this.write(event.id, event.delta),
      error: () => this.fail(event.errorText),
    }[event.type];
    taken?.();
  }

  work({ toolCallId, toolName }) {
    this.tools.set(toolCallId, toolName);
    const doing = say({ get_property: "opening", search_properties: "searching" }[toolName] ?? "working");
    this.progress.lastChild.textContent = doing;
    tell(doing);
  }

  result({ toolCallId, output }) {
    if (this.settled(toolCallId) || !output || typeof output !== "object") return;
    const tool = this.tools.get(toolCallId);
    this.outputs.push({ tool, input: this.inputs.get(toolCallId), output });
    this.news = heard(output);
  }

  refused({ toolCallId, errorText }) {
    if (!this.settled(toolCallId) && errorText?.startsWith("sign_in_required")) this.ask();
  }

  // Whether this is what became of something that waited: its view is told.
  settled(toolCallId) {
    const approval = this.approvals.get(toolCallId);
    this.approvals.delete(toolCallId);
    approval?.settle();
    return approval !== undefined;
  }

  // Shows what tools have answered so far, in their order. What was shown before and is only repeated on the way to
  // something else is not shown again: “the second one” searches first.
  reveal(onTheWay = false) {
    const outputs = this.outputs.splice(0).map((each) => ({ ...each, key: JSON.stringify([each.tool, each.input]) }));
    const wanted = outputs.filter(({ key }, index) => !(before.has(key) && (onTheWay || index < outputs.length - 1)));
    if (wanted.length > 0) this.fill(wanted.slice(-MOST_AT_ONCE));
  }

  async fill(wanted) {
    const slot = h("div", { class: "slot" });
    this.results.append(slot);
    const loaded = await load().catch(() => null);
    for (const { key, ...shown } of wanted) {
      before.add(key);
      const widget = loaded?.host.widgetOf(shown.tool);
      if (widget || !loaded) slot.append(view({ ...shown, widget }, { put: this.put }).node);
    }
    if (slot.childElementCount === 0) slot.remove();
  }

  // Something waits for the person.
  wait(data) {
    this.reveal(true);
    const approval = new Approval(data, { put: this.put, decide: (each, decision) => this.decide(each, decision) });
    this.approvals.set(approval.call, approval);
    this.waiting.add(approval);
    this.results.append(approval.view.node);
    this.news = say("waits");
  }

  // The answer goes on when nothing is left to decide: whether it does.
  decide(approval, decision) {
    this.decisions.set(approval, decision);
    this.waiting.delete(approval);
    if (this.waiting.size > 0) return false;
    this.decided(this);
    return true;
  }

  resume() {
    this.progress.lastChild.textContent = say("working");
    this.stage();
    this.text.before(this.progress);
  }

  begin({ id }) {
    this.reveal();
    this.progress.remove();
    this.paragraphs.set(id, this.paragraph());
    return id;
  }

  paragraph() {
    const made = h("p", {});
    this.text.append(made);
    return made;
  }

  write(id, delta) {
    delta.split("\n").forEach((line, index) => {
      if (index > 0) this.paragraphs.set(id, this.paragraph());
      const paragraph = this.paragraphs.get(id);
      paragraph.append(line);
      paragraph.lang = languageOf(paragraph.textContent);
      paragraph.classList.toggle("aside", paragraph.textContent.startsWith("("));
    });
  }

  fail(sentence, signedOut = false) {
    this.failed = true;
    this.text.append(h("p", { class: "failed" }, sentence));
    this.news = sentence;
    if (signedOut) this.ask();
  }

  // Where what was asked for is for people who have signed in.
  ask() {
    if (this.answer.querySelector(".enter")) return;
    this.answer.append(h("p", { class: "door" }, h("a", { class: "button enter", href: door() }, say("signInFirst"))));
  }

  // What was decided is settled by now, or can be decided again.
  end() {
    this.reveal();
    this.progress.remove();
    for (const approval of this.decisions.keys()) {
      approval.settle();
      if (this.failed) this.waiting.add(approval);
      else this.approvals.delete(approval.call);
    }
    this.decisions.clear();
    tell(this.news || this.text.textContent.slice(0, 300));
  }
}

// What a screen reader hears when an answer has come.
function heard(output) {
  if (!Array.isArray(output.items) || !output.items.every((item) => item && "price" in item)) return "";
  return output.items.length === 0 ? say("none") : say("found")(output.items.length, output.has_more);
}
