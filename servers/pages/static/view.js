// What a tool answered, shown by its widget: a frame that can do what the widget declares, and no more.

import { open } from "./links.js";
import { h, languageOf } from "./nodes.js";
import { note } from "./notes.js";
import { door, meet, proof } from "./person.js";
import { current, say } from "./words.js";

// Beyond this a widget scrolls by itself, or is shown on the whole page.
const TALLEST = 2600;
const dark = matchMedia("(prefers-color-scheme: dark)");

let loaded = null;

// The script that carries frames, and which tools they may call; fetched when first needed, and again if that failed.
export function load() {
  loaded ??= import("/assets/widgets.js").then(async (host) => ({ host, widgets: await host.manifest() })).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

const surroundings = () => ({
  theme: dark.matches ? "dark" : "light",
  locale: current() === "hi" ? "hi-IN" : "en-IN",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

// `shown` is { widget, tool, input, output, meta }. `put` asks a question; `call`, where it is given, answers a call itself or leaves it alone.
export class View {
  #frame = null;
  #shown;
  #doing;
  #height = 0;
  #up = false;
  #back = null;

  constructor(shown, doing) {
    this.#shown = shown;
    this.#doing = doing;
    this.node = h("div", { class: `view ${shown.widget}` });
  }

  // Whether the person is in the middle of something here.
  get held() {
    return this.#doing.held?.() || this.#back !== null;
  }

  get live() {
    return this.#frame !== null;
  }

  get title() {
    return say("views")[this.#shown.widget];
  }

  // Shows it; where no frame comes up, its content in a few words.
  async show() {
    try {
      const { host, widgets } = await load();
      const { widget, input } = this.#shown;
      this.#up = false;
      this.#frame = new host.Frame(host.source(widget), this.title, this.#page(host, widgets[widget].calls));
      this.node.replaceChildren(this.#frame.frame);
      await this.#frame.show(input ?? {}, result(this.#shown));
      this.#up = true;
      requestAnimationFrame(() => requestAnimationFrame(() => this.#fit()));
    } catch {
      this.#frame = null;
      this.node.replaceChildren(...plain(this.#shown));
      this.node.hidden = this.node.childElementCount === 0;
    }
  }

  // What is shown from now on, and when it is shown again.
  become(output, meta) {
    this.#shown = { ...this.#shown, output, meta };
    if (this.#up) this.#frame?.update(result(this.#shown));
  }

  // Says in what language and light the page is now.
  change() {
    if (!this.#frame) return;
    this.#frame.frame.title = this.title;
    this.#frame.change(surroundings());
  }

  // Gives its memory back. It can be shown again as it was at first.
  async freeze() {
    const frame = this.#frame;
    this.#frame = null;
    await frame?.remove();
    this.node.replaceChildren(h("button", { type: "button", class: "again", onclick: () => this.#doing.thaw(this) }, say("showAgain")(this.title)));
  }

  #page(host, allowed) {
    return {
      context: {
        ...surroundings(), displayMode: "inline", availableDisplayModes: ["inline", "fullscreen"], platform: "web",
        toolInfo: host.named(this.#shown.tool), "360ghar.com/sign-in": new URL(door(), location.origin).href,
      },
      call: (params) => this.#call(host, allowed, params),
      open,
      say: (text) => this.#doing.put(text),
      tell: note,
      display: (mode) => this.#display(mode),
      grown: (height) => { this.#height = height; this.#fit(); },
    };
  }

  async #call(host, allowed, params) {
    if (!allowed.includes(params.name)) return host.refusal("no_such_tool", `This view may not call ${params.name}.`);
    const done = await this.#doing.call?.(params, host);
    return done ?? host.carry(params, { meet, proof });
  }

  // The skeleton keeps its place until the content is there, so that nothing jumps.
  #fit() {
    if (this.#up && this.#height > 0 && this.#frame) this.#frame.frame.style.height = `${Math.min(this.#height, TALLEST)}px`;
  }

  #display(mode) {
    if (mode === "fullscreen" && !this.#back) this.#widen();
    else if (mode === "inline") this.#back?.();
    return this.#back ? "fullscreen" : "inline";
  }

  // The frame stays where it is in the document: moved, it would start anew.
  #widen() {
    const before = document.activeElement;
    const close = h("button", { type: "button", class: "button-secondary", onclick: () => this.#back() }, say("close"));
    const bar = h("div", { class: "bar" }, h("h2", {}, this.title), close);
    const escape = (event) => event.key === "Escape" && this.#back();
    const others = around(this.node);
    this.#back = () => {
      this.#back = null;
      for (const other of others) other.inert = false;
      document.removeEventListener("keydown", escape);
      document.body.classList.remove("covered");
      this.node.classList.remove("whole");
      for (const name of ["role", "aria-modal", "aria-label"]) this.node.removeAttribute(name);
      bar.remove();
      this.#frame?.change({ displayMode: "inline" });
      before?.focus?.();
      this.node.scrollIntoView({ block: "nearest" });
    };
    this.node.prepend(bar);
    this.node.classList.add("whole");
    this.node.setAttribute("role", "dialog");
    this.node.setAttribute("aria-modal", "true");
    this.node.setAttribute("aria-label", this.title);
    for (const other of others) other.inert = true;
    document.body.classList.add("covered");
    document.addEventListener("keydown", escape);
    close.focus();
  }
}

const result = ({ output, meta }) => ({ content: [], structuredContent: output, ...(meta ? { _meta: meta } : {}) });

// Everything on the page that is not this node, nor around it, and could be reached.
function around(node) {
  const found = [];
  for (let at = node; at !== document.body; at = at.parentElement) found.push(...[...at.parentElement.children].filter((each) => each !== at && !each.inert));
  return found;
}

// What can be told without a frame.
function plain({ output }) {
  const one = (item) => h("p", { lang: languageOf(item.title) }, `${item.title}: ${item.price_text}`);
  if (output.confirm_url) return [h("p", {}, output.what), h("p", {}, h("a", { class: "button", href: output.confirm_url, target: "_blank", rel: "noopener" }, say("onPage")))];
  return (output.items ?? [output]).filter((item) => item.title && item.price_text).map(one);
}
