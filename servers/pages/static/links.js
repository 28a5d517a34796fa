// Leaving the conversation: our own pages open in a new tab, others once the person agrees.

import { h } from "./nodes.js";
import { say } from "./words.js";

// Opens an address that a view gives. False where it is none of the web, or the person would rather stay.
export async function open(address) {
  const url = URL.parse(address, location.href);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  if (url.origin !== location.origin) return agreed(url);
  window.open(url.href, "_blank", "noopener");
  return true;
}

function agreed(url) {
  const go = h("a", { class: "button", href: url.href, target: "_blank", rel: "noopener noreferrer" }, say("open"));
  const stay = h("button", { type: "button", class: "button-secondary" }, say("stay"));
  const asked = h("dialog", { class: "leaving", "aria-labelledby": "leaving" },
    h("h2", { id: "leaving" }, say("leaving")),
    h("p", {}, say("leavingLead")),
    h("p", { class: "address" }, url.href),
    h("p", { class: "buttons" }, go, stay));
  document.body.append(asked);
  asked.showModal();
  stay.focus();
  return new Promise((resolve) => {
    go.addEventListener("click", () => { resolve(true); asked.close(); });
    stay.addEventListener("click", () => asked.close());
    asked.addEventListener("close", () => { resolve(false); asked.remove(); });
  });
}
