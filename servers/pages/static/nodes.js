// Making nodes. What people or listings wrote only ever enters the page as text.

// h("p", { class: "x", onclick: f }, "text", node, null): an element; null and false children are left out.
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

// The language of a text, so that screen readers pronounce it rightly.
export const languageOf = (text) => (/[\u0900-\u097f]/.test(text) ? "hi" : "en");
