// A drawing for a property without a picture: its kind of building under a sky of its own.

import type { JSX } from "preact";
import "./art.css";

const SKIES = 6;

/** An illustration, always the same for the same property. */
export function Drawing({ id, kind }: { id: number; kind: string }) {
  const seed = (Math.abs(id) * 2654435761) % 2147483647;
  const Building = BUILDINGS[kind] ?? Apartment;
  return (
    <svg class={`art sky${seed % SKIES}`} viewBox="0 0 320 200" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect class="sky" width={320} height={200} />
      <circle class="sun" cx={60 + ((seed >> 8) % 200)} cy={46 + ((seed >> 4) % 22)} r={22} />
      <Skyline seed={seed} />
      <Building seed={seed} />
      <rect class="ground" y={178} width={320} height={22} />
      <Tree x={34 + ((seed >> 6) % 40)} />
      <Tree x={268 + ((seed >> 10) % 34)} />
    </svg>
  );
}

type Seeded = { seed: number };

const box = (name: string, x: number, y: number, width: number, height: number, rx = 0): JSX.Element =>
  <rect class={name} x={x} y={y} width={width} height={height} rx={rx} />;
const lit = (seed: number, bit: number): string => ((seed >> bit) & 1 ? "lit" : "pane");
const counted = <T,>(n: number, made: (index: number) => T): T[] => Array.from({ length: n }, (_, index) => made(index));

function Skyline({ seed }: Seeded) {
  const parts: JSX.Element[] = [];
  for (let x = -6, n = 0; x < 326; n += 1) {
    const width = 22 + ((seed >> (n % 9)) % 20);
    const height = 34 + ((seed >> ((n * 3) % 13)) % 52);
    parts.push(box("far", x, 178 - height, width, height));
    x += width + 4;
  }
  return <g>{parts}</g>;
}

function Windows({ x, y, columns, rows, dx, dy, seed }: Seeded & { x: number; y: number; columns: number; rows: number; dx: number; dy: number }) {
  return (
    <g>
      {counted(rows * columns, (n) => box(lit(seed, n % 23), x + (n % columns) * dx, y + Math.floor(n / columns) * dy, dx * 0.52, dy * 0.52, 1.5))}
    </g>
  );
}

function Apartment({ seed }: Seeded) {
  const left = 92 + ((seed >> 5) % 20);
  return (
    <g>
      {box("wall2", left + 70, 74, 58, 104, 2)}
      <Windows x={left + 78} y={84} columns={3} rows={5} dx={16} dy={18} seed={seed >> 3} />
      {box("wall", left, 44, 78, 134, 2)}
      {box("trim", left - 3, 40, 84, 6, 2)}
      <Windows x={left + 10} y={56} columns={4} rows={6} dx={16} dy={19} seed={seed} />
      {box("door", left + 32, 160, 14, 18, 2)}
    </g>
  );
}

function Floors({ seed }: Seeded) {
  return (
    <g>
      {box("wall", 104, 66, 112, 112, 3)}
      {[66, 103, 140].map((y) => (
        <g>
          {box("trim", 98, y, 124, 5, 2)}
          {box("rail", 104, y + 25, 62, 9, 1)}
          {y < 140 && box("pane", 180, y + 12, 24, 20, 2)}
          {box(lit(seed, y % 7), 114, y + 10, 20, 15, 2)}
        </g>
      ))}
      {box("door", 186, 152, 16, 26, 2)}
    </g>
  );
}

function House({ seed }: Seeded) {
  return (
    <g>
      {box("wall2", 196, 62, 14, 30)}
      {box("wall", 96, 106, 128, 72, 2)}
      <path class="roof" d="M82 110 160 56l78 54z" />
      {box("door", 150, 138, 22, 40, 3)}
      {box(lit(seed, 0), 110, 124, 26, 24, 2)}
      {box(lit(seed, 1), 186, 124, 26, 24, 2)}
    </g>
  );
}

function Plot() {
  return (
    <g>
      <path class="field" d="M60 178 112 118h96l52 60z" />
      <path class="marks" d="M60 178 112 118h96l52 60z" />
      {box("post", 109, 100, 6, 20, 1)}
      {box("post", 205, 100, 6, 20, 1)}
      {box("post", 57, 160, 6, 20, 1)}
      {box("post", 257, 160, 6, 20, 1)}
      <path class="flag" d="M208 100v-26l26 9-26 9" />
    </g>
  );
}

function Shop({ seed }: Seeded) {
  return (
    <g>
      {box("wall", 92, 76, 136, 102, 3)}
      {box("trim", 92, 70, 136, 20, 3)}
      {counted(8, (n) => box(n % 2 ? "awning2" : "awning", 90 + n * 17.5, 96, 17.5, 24, 2))}
      {box(lit(seed, 0), 104, 128, 62, 50, 2)}
      {box("door", 180, 128, 34, 50, 2)}
    </g>
  );
}

function Office({ seed }: Seeded) {
  return (
    <g>
      {box("wall2", 176, 70, 52, 108, 2)}
      <Windows x={184} y={80} columns={3} rows={6} dx={15} dy={16} seed={seed >> 2} />
      {box("glass", 96, 30, 84, 148, 3)}
      {counted(7, (n) => box("mullion", 96, 48 + n * 18, 84, 2))}
      {counted(3, (n) => box("mullion", 116 + n * 21, 30, 2, 148))}
      {box("door", 128, 160, 20, 18, 1)}
    </g>
  );
}

function Tree({ x }: { x: number }) {
  return (
    <g>
      {box("trunk", x - 2, 164, 4, 14)}
      <circle class="leaf" cx={x} cy={154} r={14} />
    </g>
  );
}

const BUILDINGS: Readonly<Record<string, (seeded: Seeded) => JSX.Element>> = {
  apartment: Apartment, builder_floor: Floors, house: House, plot: Plot, shop: Shop, office: Office, pg: Floors,
};
