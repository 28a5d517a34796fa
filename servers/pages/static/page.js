// The page: takes a question, streams the answer, shows properties.

import { heard, shown } from "./answers.js";
import { approval } from "./approvals.js";
import { learn } from "./hindi.js";
import { h, languageOf } from "./nodes.js";
import { door, meet } from "./person.js";
import { Refusal, ask, decide, search } from "./stream.js";
import { EXAMPLES, current, relabel, say, speak } from "./words.js";

const $ = (id) => document.getElementById(id);
const MOST_EARLIER = 6;
const conversation = crypto.randomUUID();
let questions = [];
let running = null;
const due = [];

function start() {
  speak(kept() ?? (navigator.language.startsWith("hi") ? "hi" : "en"));
  label();
  for (const code of document.querySelectorAll("#doors code")) code.textContent = code.textContent.replace("http://localhost:3600", location.origin);
  $("ask").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("question").addEventListener("keydown", onKey);
  $("question").addEventListener("input", fit);
  $("stop").addEventListener("click", () => running?.abort());
  $("language").addEventListener("click", switchLanguage);
  $("afresh").addEventListener("click", () => location.assign("/"));
  document.addEventListener("click", (event) => { if (!$("me").contains(event.target)) $("me").open = false; });
  document.addEventListener("keydown", closeMenu);
  greet();
}

// Shows who is signed in. The page is the same file for everybody, so it asks.
async function greet() {
  const person = await meet();
  $("enter").hidden = person.signed_in;
  $("me").hidden = !person.signed_in;
  $("name").textContent = person.name ?? say("me");
  $("proof").value = person.csrf ?? "";
}

function closeMenu(event) {
  if (event.key !== "Escape" || !$("me").open) return;
  $("me").open = false;
  $("me").querySelector("summary").focus();
}

// The language that was chosen here or on another of our pages: they share this cookie.
const kept = () => /(?:^|; )lang=(en|hi)(?:;|$)/.exec(document.cookie)?.[1];

function label() {
  relabel();
  if (current() === "hi") learn();
  const other = current() === "en" ? ["hi", "हिन्दी"] : ["en", "English"];
  $("language").lang = other[0];
  $("language").textContent = other[1];
  if (questions.length > 0) $("question").placeholder = say("hintNext");
  $("examples").replaceChildren(...EXAMPLES[current()].map((text) =>
    h("li", {}, h("button", { type: "button", class: "example", lang: languageOf(text), onclick: () => put(text) }, text))));
}

function switchLanguage() {
  speak(current() === "en" ? "hi" : "en");
  document.cookie = `lang=${current()}; Path=/; Max-Age=31536000; SameSite=Lax`;
  label();
}

function onKey(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
}

function fit() {
  const box = $("question");
  // A placeholder that wraps must not make an empty box taller.
  box.style.height = "";
  if (box.value) box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
}

function submit() {
  const text = $("question").value.trim();
  if (!text || running) return;
  $("question").value = "";
  fit();
  put(text);
}

// A question to the chat: in words, with the ones before it.
function put(text) {
  if (running) return;
  questions = [...questions, text].slice(-MOST_EARLIER);
  answered(text, async (turn, signal) => {
    for await (const event of ask(conversation, questions, signal)) turn.take(event);
  });
}

// The same search with one wish bent, straight from the REST API.
function relax(way, input) {
  if (running) return;
  answered(way.said, async (turn, signal) => {
    const output = await search(input, way, signal);
    turn.write(turn.begin({ id: "found" }), heard(output));
    turn.result("search_properties", input, output);
  });
}

async function answered(question, work) {
  document.body.classList.add("talking");
  $("afresh").hidden = false;
  $("question").placeholder = say("hintNext");
  const turn = new Turn(question);
  $("talk").append(turn.asked, turn.answer);
  turn.asked.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  await follow(turn, work);
}

// The answer goes on once all that waits in it has been decided, and no other is being written.
async function decided(turn) {
  if (turn.waiting.size > 0) return;
  if (running) {
    due.push(turn);
    return;
  }
  const decisions = turn.decisions.splice(0);
  const cards = new Map(turn.cards);
  turn.cards.clear();
  await follow(turn, async (_, signal) => {
    turn.resume();
    for await (const event of decide(conversation, decisions, signal)) turn.take(event);
  });
  if (turn.failed) turn.reopen(cards);
}

async function follow(turn, work) {
  turn.failed = false;
  running = new AbortController();
  busy(true);
  try {
    await work(turn, running.signal);
  } catch (error) {
    turn.fail(reason(error), error.status === 401);
  } finally {
    running = null;
    busy(false);
    turn.end();
  }
  if (due.length > 0) decided(due.shift());
}

function busy(now) {
  $("send").hidden = now;
  $("stop").hidden = !now;
  $("talk").setAttribute("aria-busy", String(now));
}

function reason(error) {
  if (error.name === "AbortError") return say("stopped");
  if (error instanceof Refusal) return error.status === 429 ? say("busy") : error.message || say("refused");
  return error instanceof SyntaxError ? say("broken") : say("offline");
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const tell = (text) => { $("status").textContent = text; };

// One question and its answer.
class Turn {
  constructor(question) {
    this.asked = h("li", { class: "asked" }, h("h2", { lang: languageOf(question) }, h("span", { class: "unseen" }, `${say("you")}: `), question));
    this.text = h("div", { class: "words" });
    this.results = h("div", { class: "results" });
    this.progress = h("p", { class: "progress" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", {}, say("working")));
    this.answer = h("li", { class: "answer" }, h("span", { class: "unseen" }, `${say("answer")}: `), this.progress, this.text, this.results);
    this.tools = new Map();
    this.inputs = new Map();
    this.paragraphs = new Map();
    this.cards = new Map();
    this.waiting = new Set();
    this.decisions = [];
    this.failed = false;
    this.news = "";
  }

  take(event) {
    const taken = {
      "tool-input-start": () => this.work(event),
      "tool-input-available": () => this.inputs.set(event.toolCallId, event.input),
      "tool-output-available": () => this.result(this.tools.get(event.toolCallId), this.inputs.get(event.toolCallId), event.output),
      "tool-output-error": () => event.errorText?.startsWith("sign_in_required") && this.ask(),
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

  result(tool, input, output) {
    const node = shown(tool, input, output, { put, relax });
    if (!node) return;
    // A later answer of the same turn is the one that was asked for: "the second one" searches first.
    this.results.replaceChildren(node);
    this.news = heard(output);
  }

  // Something waits for the person.
  wait(data) {
    const id = data.preview.ticket;
    const { card, ask } = approval(data, (decision) => {
      this.waiting.delete(id);
      this.decisions.push(decision);
      decided(this);
    });
    this.cards.set(id, ask);
    this.waiting.add(id);
    this.results.append(card);
    this.news = say("waits");
  }

  resume() {
    this.progress.lastChild.textContent = say("working");
    this.answer.append(this.progress);
  }

  // What was decided has not been done, as far as we know: it can be decided again.
  reopen(cards) {
    for (const [id, ask] of cards) {
      this.cards.set(id, ask);
      this.waiting.add(id);
      ask();
    }
  }

  begin({ id }) {
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

  end() {
    this.progress.remove();
    tell(this.news || this.text.textContent.slice(0, 300));
  }
}

start();
