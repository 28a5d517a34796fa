// What is asked of a widget's document, in its frame.

const seen = (node) => node.checkVisibility({ visibilityProperty: true });
const within = (selector) => [...document.querySelectorAll(selector)];
const told = (node) => node.outerHTML.slice(0, 120);
const PRESSED = "button, a[href], summary, input, select, textarea";

// Scrolls or hides by itself what is too wide for it.
function contained(node) {
  if (!node || node === document.body) return false;
  return getComputedStyle(node).overflowX !== "visible" || contained(node.parentElement);
}

// What reaches beyond the frame.
function wide() {
  const beyond = within("body *").filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !contained(node.parentElement);
  });
  const over = document.documentElement.scrollWidth - innerWidth;
  return [...beyond.map((node) => `too wide: ${told(node)}`), ...(over > 0 ? [`${over} px too wide`] : [])];
}

// What is there to be pressed: a tick with its words, and a card whose heading covers it.
function target(node) {
  if (node.matches("[type=checkbox], [type=radio]")) return node.closest("label") ?? node;
  const { position, inset } = getComputedStyle(node, "::after");
  return position === "absolute" && inset === "0px" ? node.closest("article, li") : node;
}

// What is too small for a finger.
function small(least) {
  return within(PRESSED).filter(seen).flatMap((node) => {
    const { width, height } = target(node).getBoundingClientRect();
    const fits = width === 0 || (width > least - 0.5 && height > least - 0.5);
    return fits ? [] : [`${Math.round(width)} x ${Math.round(height)}: ${told(node)}`];
  });
}

// Whether the keyboard stops here: of one choice among several once, at what is chosen, or else at the first.
function stands(node) {
  if (!node.matches("[type=radio]")) return true;
  const all = within("[type=radio]").filter(({ name, disabled }) => name === node.name && !disabled);
  return node === (all.find(({ checked }) => checked) ?? all[0]);
}

// Everything that the keyboard should reach, in the order of the document.
function stops() {
  const reached = (node) => node.tabIndex >= 0 && !node.disabled && seen(node) && !node.closest("[inert]") && stands(node);
  return within(`${PRESSED}, [tabindex]`).filter(reached).map(told);
}

// What has the focus, and whether one can see that it has.
function focused() {
  const node = document.activeElement;
  // One of several shows it on its words, which stand for it.
  const shown = node.matches("[type=radio]") ? (node.nextElementSibling ?? node) : node;
  const ringed = [null, "::after", "::before"].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(shown, part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  return (ringed ? "" : "unseen: ") + told(node);
}

// What a Hindi widget says in Latin letters without marking it as another language.
function latin() {
  const hindi = (node) => node.closest("[lang]").lang === "hi";
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const said = [];
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (hindi(node) && node.checkVisibility()) said.push(walk.currentNode.textContent);
  }
  for (const name of ["aria-label", "title", "placeholder"]) {
    said.push(...within(`main [${name}]`).filter(hindi).map((node) => node.getAttribute(name)));
  }
  return said.filter((text) => /[A-Za-z]{3}/.test(text));
}
