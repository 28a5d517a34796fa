// All that is shown in this conversation. The newest views are live; older ones wait to be asked for again.

import { View } from "./view.js";

const LIVE = 6;
const views = new Set();

// A node that shows it. `doing` is what the view can have done: { put, call, held }.
export function view(shown, doing) {
  const made = new View(shown, { ...doing, thaw });
  show(made);
  return made;
}

// Says to every view in what language and light the page is now.
export function change() {
  for (const each of views) each.change();
}

function thaw(view) {
  view.node.replaceChildren();
  show(view);
}

function show(view) {
  views.delete(view);
  views.add(view);
  view.show();
  const idle = [...views].filter((each) => each !== view && each.live && !each.held);
  for (const each of idle.slice(0, Math.max(0, idle.length - LIVE + 1))) each.freeze();
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
