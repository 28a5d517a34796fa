// Pictures of the ground from a tile server, where one is configured.

import { type Camera, NEAREST, type Size, TILE, pixels, seen } from "./projection.ts";

/** The address of a tile with `{z}`, `{x}` and `{y}`; empty where there is no such server. */
export const template = (): string => document.querySelector<HTMLMetaElement>('meta[name="ghar-tiles"]')?.content ?? "";

export function Tiles({ camera, size, address }: { camera: Camera; size: Size; address: string }) {
  return (
    <div class="tiles" aria-hidden="true">
      {covering(camera, size).map(({ z, x, y, left, top, side }) => (
        <img
          key={`${z}/${x}/${y}`} alt="" draggable={false} decoding="async" width={side} height={side}
          style={{ transform: `translate(${left}px, ${top}px)` }}
          src={address.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y))}
        />
      ))}
    </div>
  );
}

interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** The tiles that cover what is seen; between two steps of zoom they are drawn larger or smaller. */
function covering(camera: Camera, size: Size): Tile[] {
  const z = Math.min(Math.round(camera.zoom), NEAREST);
  const count = 2 ** z;
  const side = pixels(camera.zoom) / count;
  const origin = seen(camera, size, { x: 0, y: 0 });
  const first = { x: Math.floor(-origin.x / side), y: Math.max(0, Math.floor(-origin.y / side)) };
  const last = { x: Math.floor((size.width - origin.x) / side), y: Math.min(count - 1, Math.floor((size.height - origin.y) / side)) };
  const tiles: Tile[] = [];
  for (let y = first.y; y <= last.y; y += 1) {
    for (let x = first.x; x <= last.x; x += 1) {
      tiles.push({ z, x: (x + count) % count, y, left: origin.x + x * side, top: origin.y + y * side, side: Math.ceil(side * TILE) / TILE });
    }
  }
  return tiles;
}
