// A drawing for a property without a picture: its kind of building under a sky of its own.

import { s } from "./nodes.js";

const SKIES = 6;

// An illustration, always the same for the same property.
export function drawing(card) {
  const seed = Math.abs(Number(card.id) || 0) * 2654435761 % 2147483647;
  const building = BUILDINGS[card.kind] ?? apartment;
  return s("svg", { class: `art sky${seed % SKIES}`, viewBox: "0 0 320 200", preserveAspectRatio: "xMidYMax slice", "aria-hidden": "true" },
    s("rect", { class: "sky", width: 320, height: 200 }),
    s("circle", { class: "sun", cx: 60 + (seed >> 8) % 200, cy: 46 + (seed >> 4) % 22, r: 22 }),
    skyline(seed),
    building(seed),
    s("rect", { class: "ground", y: 178, width: 320, height: 22 }),
    tree(34 + (seed >> 6) % 40, 178), tree(268 + (seed >> 10) % 34, 178));
}

const box = (cls, x, y, width, height, rx = 0) => s("rect", { class: cls, x, y, width, height, rx });

function skyline(seed) {
  const parts = [];
  for (let x = -6, n = 0; x < 326; n += 1) {
    const width = 22 + (seed >> (n % 9)) % 20;
    const height = 34 + (seed >> ((n * 3) % 13)) % 52;
    parts.push(box("far", x, 178 - height, width, height));
    x += width + 4;
  }
  return s("g", {}, parts);
}

function windows(x, y, columns, rows, dx, dy, seed) {
  const parts = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const lit = (seed >> ((row * columns + column) % 23)) & 1;
      parts.push(box(lit ? "lit" : "pane", x + column * dx, y + row * dy, dx * 0.52, dy * 0.52, 1.5));
    }
  }
  return parts;
}

function apartment(seed) {
  const left = 92 + (seed >> 5) % 20;
  return s("g", {},
    box("wall2", left + 70, 74, 58, 104, 2), windows(left + 78, 84, 3, 5, 16, 18, seed >> 3),
    box("wall", left, 44, 78, 134, 2), box("trim", left - 3, 40, 84, 6, 2), windows(left + 10, 56, 4, 6, 16, 19, seed),
    box("door", left + 32, 160, 14, 18, 2));
}

function floors(seed) {
  return s("g", {},
    box("wall", 104, 66, 112, 112, 3),
    [66, 103, 140].map((y) => [box("trim", 98, y, 124, 5, 2), box("rail", 104, y + 25, 62, 9, 1), y < 140 && box("pane", 180, y + 12, 24, 20, 2), box((seed >> (y % 7)) & 1 ? "lit" : "pane", 114, y + 10, 20, 15, 2)]),
    box("door", 186, 152, 16, 26, 2));
}

function house(seed) {
  return s("g", {},
    box("wall", 96, 106, 128, 72, 2),
    s("path", { class: "roof", d: "M82 110 160 56l78 54z" }),
    box("door", 150, 138, 22, 40, 3), box(seed & 1 ? "lit" : "pane", 110, 124, 26, 24, 2), box(seed & 2 ? "lit" : "pane", 186, 124, 26, 24, 2),
    box("wall2", 196, 62, 14, 30));
}

function plot() {
  return s("g", {},
    s("path", { class: "field", d: "M60 178 112 118h96l52 60z" }),
    s("path", { class: "marks", d: "M60 178 112 118h96l52 60z" }),
    [[112, 118], [208, 118], [60, 178], [260, 178]].map(([x, y]) => box("post", x - 3, y - 18, 6, 20, 1)),
    s("path", { class: "flag", d: "M208 100v-26l26 9-26 9" }));
}

function shop(seed) {
  const stripes = Array.from({ length: 8 }, (_, n) => box(n % 2 ? "awning2" : "awning", 90 + n * 17.5, 96, 17.5, 24, 2));
  return s("g", {}, box("wall", 92, 76, 136, 102, 3), box("trim", 92, 70, 136, 20, 3), stripes,
    box(seed & 1 ? "lit" : "pane", 104, 128, 62, 50, 2), box("door", 180, 128, 34, 50, 2));
}

function office(seed) {
  return s("g", {}, box("wall2", 176, 70, 52, 108, 2), windows(184, 80, 3, 6, 15, 16, seed >> 2),
    box("glass", 96, 30, 84, 148, 3),
    Array.from({ length: 7 }, (_, n) => box("mullion", 96, 48 + n * 18, 84, 2)),
    Array.from({ length: 3 }, (_, n) => box("mullion", 116 + n * 21, 30, 2, 148)),
    box("door", 128, 160, 20, 18, 1));
}

const tree = (x, y) => s("g", {}, box("trunk", x - 2, y - 14, 4, 14), s("circle", { class: "leaf", cx: x, cy: y - 24, r: 14 }));

const BUILDINGS = { apartment, builder_floor: floors, house, plot: () => plot(), shop, office, pg: floors };
