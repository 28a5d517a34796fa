// What every kind of host has in common here.

import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Choices } from "./choices.ts";
import type { Known } from "./known.ts";
import { type Play, THEN } from "./playing.ts";
import type { Note } from "./record.ts";
import { named } from "./wire.ts";

export type Mode = "inline" | "fullscreen";

/** What a host runs on. */
export interface Ground {
  readonly box: HTMLElement;
  readonly known: Known;
  readonly choices: Choices;
  readonly play: Play;
  readonly note: Note;
}

/** A host with its widget. */
export interface Hosting {
  /** Resolves once the widget was shown what there is to show; rejects when it is no good. */
  readonly ready: Promise<void>;
  change(choices: Choices): void;
  result(result: CallToolResult): void;
  /** Takes the widget away; false when it did not say that it is ready to go. */
  leave(): Promise<boolean>;
}

const TALLEST = 20_000;

/** How long a widget may take to show that it is one. */
export const patience = ({ choices }: Ground): number => Number(choices.patience || 15_000);

/** An empty frame. Nothing of it is seen before it is shown. */
export function framed({ box, choices, play }: Ground): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  // A name that is given later does not get into the frame.
  if (choices.host.startsWith("chatgpt")) frame.name = named(choices, play.given);
  frame.title = choices.widget;
  frame.setAttribute("sandbox", "allow-scripts");
  frame.style.visibility = "hidden";
  box.replaceChildren(frame);
  return frame;
}

export function source({ widget, host, state, live }: Choices): string {
  const asked = new URLSearchParams({ host, ...(state === "offline" ? { offline: "1" } : {}), ...(live ? {} : { at: THEN }) });
  return `/preview/frames/${encodeURIComponent(widget)}.html?${asked}`;
}

export function tall(frame: HTMLIFrameElement, height: number): void {
  frame.style.height = `${Math.min(Math.max(height, 1), TALLEST)}px`;
}

/** Puts the box into a display mode, with the way back that a host offers. */
export function displayed({ box, note }: Ground, mode: Mode, back: () => void): void {
  note("display", mode);
  box.dataset["mode"] = mode;
  box.querySelector(".inline-again")?.remove();
  if (mode === "inline") return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "inline-again";
  button.textContent = "✕ Close";
  button.addEventListener("click", back);
  box.append(button);
}

export function problem(box: HTMLElement, sentence: string): void {
  const said = document.createElement("p");
  said.className = "says problem";
  said.textContent = sentence;
  box.prepend(said);
}
