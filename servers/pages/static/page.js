// The page: takes a question, and follows the answer to its end.

import { h, languageOf } from "./nodes.js";
import { noted, told } from "./notes.js";
import { meet } from "./person.js";
import { Refusal, ask, decide } from "./stream.js";
import { Turn } from "./turn.js";
import { load } from "./view.js";
import { change } from "./views.js";
import { EXAMPLES, current, relabel, say, speak } from "./words.js";

const $ = (id) => document.getElementById(id);
const MOST_EARLIER = 6;
const MOST_DUE = 3;
const LONGEST = 2000;
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
  document.addEventListener("visibilitychange", () => { if (!document.hidden) greet(); });
  suggest(new URLSearchParams(location.search).get("ask"));
  greet();
}

// A link may bring a question along. It is the person who sends it.
function suggest(question) {
  if (!question) return;
  $("question").value = question.slice(0, LONGEST);
  fit();
  $("question").focus();
}

// Shows who is signed in: the page is the same file for everybody, so it asks, and again after a visit to another tab.
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
  change();
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

// A question to the chat: in words, with the ones before it, and what was done in the views since.
function put(text) {
  if (running) return;
  load().catch(() => {});
  questions = [...questions, text].slice(-MOST_EARLIER);
  const did = noted();
  answered(text, async (turn, signal) => {
    for await (const event of ask(conversation, questions, did, signal)) {
      told(did);
      turn.take(event);
    }
  });
}

// A question that a view asks in the person's name; it waits for the answer that is being written.
function asked(text) {
  const question = text.trim().slice(0, LONGEST);
  if (!question || due.length >= MOST_DUE) return false;
  if (running) due.push(() => put(question));
  else put(question);
  return true;
}

async function answered(question, work) {
  document.body.classList.add("talking");
  $("afresh").hidden = false;
  $("question").placeholder = say("hintNext");
  const turn = new Turn(question, { put: asked, decided });
  $("talk").append(turn.asked, turn.answer);
  turn.asked.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  await follow(turn, work);
}

// The answer goes on once all that waits in it has been decided, and no other is being written.
async function decided(turn) {
  if (running) {
    due.push(() => decided(turn));
    return;
  }
  const decisions = [...turn.decisions.values()];
  await follow(turn, async (_, signal) => {
    turn.resume();
    for await (const event of decide(conversation, decisions, signal)) turn.take(event);
  });
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
  due.shift()?.();
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

start();
