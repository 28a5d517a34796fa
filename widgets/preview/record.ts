// What happened between the host and its widget, for people to read and for tests to look through.

export type Kind =
  | "handshake" | "call" | "answer" | "tell" | "say" | "open" | "size" | "display" | "sent" | "state" | "teardown" | "failure";

export interface Happened {
  readonly kind: Kind;
  readonly about: unknown;
}

export type Note = (kind: Kind, about: unknown) => void;

export class Happenings {
  readonly all: Happened[] = [];
  readonly #list: HTMLElement;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  readonly note: Note = (kind, about) => {
    this.all.push({ kind, about });
    if (kind !== "size") this.#list.prepend(line(kind, about));
  };

  clear(): void {
    this.all.length = 0;
    this.#list.replaceChildren();
  }
}

function line(kind: Kind, about: unknown): HTMLElement {
  const item = document.createElement("li");
  item.className = kind;
  const name = document.createElement("b");
  name.textContent = kind;
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = typeof about === "string" ? about : JSON.stringify(about);
  const whole = document.createElement("pre");
  whole.textContent = typeof about === "string" ? about : JSON.stringify(about, null, 2);
  details.append(summary, whole);
  item.append(name, details);
  return item;
}
