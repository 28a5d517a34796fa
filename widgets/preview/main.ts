// The page /preview of development: any widget, with any answer, in any kind of host.

import { AppsHost } from "./apps.ts";
import { ChatGptHost } from "./chatgpt.ts";
import { type Choices, type Name, address, chosen } from "./choices.ts";
import { control, filled } from "./controls.ts";
import type { Ground, Hosting } from "./host.ts";
import { type Known, known as learn } from "./known.ts";
import { play } from "./playing.ts";
import { Happenings } from "./record.ts";
import { TextHost } from "./text.ts";

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
};

// These are told to a widget that is there, and its width it sees for itself; anything else is shown anew.
const CHANGES: readonly Name[] = ["theme", "lang", "colours"];

class Preview {
  readonly record = new Happenings(element("record"));
  host: Hosting | null = null;
  ready: Promise<void> = Promise.resolve();
  readonly known: Known;
  #choices: Choices;
  #turn = 0;

  constructor(known: Known) {
    this.known = known;
    this.#choices = this.#complete(chosen(location.search));
  }

  start(): void {
    document.body.classList.toggle("bare", this.#choices.bare);
    filled(this.known, this.#choices);
    element("controls").addEventListener("change", (event) => {
      const { name } = event.target as HTMLSelectElement;
      if (name !== "arguments") this.choose({ [name]: control(name as Name).value });
    });
    element("controls").addEventListener("submit", (event) => {
      event.preventDefault();
      this.choose({ arguments: control("arguments").value });
    });
    element("again").addEventListener("click", () => this.show());
    element("leave").addEventListener("click", () => void this.host?.leave());
    element("clear").addEventListener("click", () => this.record.clear());
    this.show();
  }

  choose(given: Partial<Record<Name, string>>): void {
    const before = this.#choices;
    const forgotten = given.widget ? { case: "", arguments: "" } : given.case ? { arguments: "" } : {};
    this.#choices = this.#complete({ ...before, ...forgotten, ...given } as Choices);
    history.replaceState(null, "", address(this.#choices));
    filled(this.known, this.#choices);
    this.#lay(element("stage").querySelector<HTMLElement>(".box"));
    const told = Object.keys(given).filter((name) => name !== "width");
    if (told.length === 0) return;
    if (this.host && told.every((name) => CHANGES.includes(name as Name))) this.host.change(this.#choices);
    else this.show();
  }

  show(): void {
    delete document.body.dataset["ready"];
    const turn = ++this.#turn;
    const said = (how: string) => () => {
      if (turn === this.#turn) document.body.dataset["ready"] = how;
    };
    this.ready = this.#begin(turn);
    // What went wrong is in the record, and on the stage.
    this.ready.then(said("true"), said("failed"));
  }

  /** What is chosen while this waits counts, and may have begun another turn. */
  async #begin(turn: number): Promise<void> {
    const last = this.host;
    this.host = null;
    await last?.leave();
    if (turn !== this.#turn) return;
    this.record.clear();
    const box = document.createElement("div");
    box.className = "box";
    this.#lay(box);
    element("stage").replaceChildren(box);
    const playing = await play(this.known, this.#choices, this.record.note);
    if (turn !== this.#turn) return;
    this.host = hosting({ box, known: this.known, choices: this.#choices, play: playing, note: this.record.note });
    await this.host.ready;
  }

  #lay(box: HTMLElement | null): void {
    const { theme, width } = this.#choices;
    element("stage").dataset["theme"] = theme;
    if (box) box.style.width = width ? `${width}px` : "auto";
  }

  #complete(choices: Choices): Choices {
    const widget = Object.hasOwn(this.known.widgets, choices.widget) ? choices.widget : (Object.keys(this.known.widgets)[0] ?? "");
    const cases = Object.keys(this.known.cases[widget] ?? {});
    return { ...choices, widget, case: cases.includes(choices.case) ? choices.case : (cases[0] ?? "") };
  }
}

function hosting(ground: Ground): Hosting {
  const { host } = ground.choices;
  if (host === "text") return new TextHost(ground);
  if (host === "chatgpt") return new ChatGptHost(ground);
  const apps = new AppsHost(ground);
  if (host === "chatgpt-apps") new ChatGptHost(ground, apps.frame);
  return apps;
}

const preview = new Preview(await learn());
// For whoever looks at it from the console, and for tests.
Object.assign(globalThis, { preview });
preview.start();
