// Where places lie on the screen: Web Mercator, as map tiles use it.

/** A place of the whole map, which is one wide and one tall. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What of the map is seen: its middle, and how near. One step of zoom is twice as near. */
export interface Camera extends Spot {
  readonly zoom: number;
}

/** Of the part of the screen that shows the map, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** West, south, east, north, in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

export const TILE = 256;
export const NEAREST = 18;
export const FARTHEST = 8;

/** How near a map goes by itself: a single place is shown with what surrounds it. */
const OVERVIEW = 14.5;
const EARTH = 40_075_016.7;

export const pixels = (zoom: number): number => TILE * 2 ** zoom;

export function spot(lat: number, lng: number): Spot {
  const sine = Math.sin((lat * Math.PI) / 180);
  return { x: (lng + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

export function degrees({ x, y }: Spot): { lat: number; lng: number } {
  return { lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, lng: x * 360 - 180 };
}

/** Where a place is on the screen, in pixels from its top left corner. */
export function seen(camera: Camera, size: Size, { x, y }: Spot): Spot {
  const scale = pixels(camera.zoom);
  return { x: (x - camera.x) * scale + size.width / 2, y: (y - camera.y) * scale + size.height / 2 };
}

/** The camera after the map was dragged by this many pixels. */
export function dragged(camera: Camera, right: number, down: number): Camera {
  const scale = pixels(camera.zoom);
  return { ...camera, x: within(0, camera.x - right / scale, 1), y: within(0, camera.y - down / scale, 1) };
}

/** The camera after zooming; what is under `at`, in pixels from the middle, stays there. */
export function zoomed(camera: Camera, zoom: number, at: Spot = { x: 0, y: 0 }): Camera {
  const near = within(FARTHEST, zoom, NEAREST);
  const shift = 1 / pixels(camera.zoom) - 1 / pixels(near);
  return { x: camera.x + at.x * shift, y: camera.y + at.y * shift, zoom: near };
}

/** The camera from which all of these are seen. */
export function fitted(spots: readonly Spot[], size: Size, padding = 56, nearest = OVERVIEW): Camera | null {
  if (spots.length === 0) return null;
  const xs = spots.map(({ x }) => x);
  const ys = spots.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const wide = Math.max(size.width - 2 * padding, 64) / Math.max(right - left, 1e-12);
  const tall = Math.max(size.height - 2 * padding, 64) / Math.max(bottom - top, 1e-12);
  const zoom = within(FARTHEST, Math.min(Math.log2(Math.min(wide, tall) / TILE), nearest), NEAREST);
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom };
}

/** The area that is seen, to about a metre. */
export function area(camera: Camera, size: Size): Box {
  const scale = pixels(camera.zoom);
  const [half, tall] = [size.width / 2 / scale, size.height / 2 / scale];
  const northWest = degrees({ x: camera.x - half, y: camera.y - tall });
  const southEast = degrees({ x: camera.x + half, y: camera.y + tall });
  return [rounded(northWest.lng), rounded(southEast.lat), rounded(southEast.lng), rounded(northWest.lat)];
}

/** The metres that a pixel in the middle stands for. */
export const metres = (camera: Camera): number => (EARTH * Math.cos((degrees(camera).lat * Math.PI) / 180)) / pixels(camera.zoom);

/** A length for the scale of the map: the roundest that is at most `most` pixels long. */
export function ruler(camera: Camera, most = 110): { metres: number; width: number } {
  const each = metres(camera);
  const power = 10 ** Math.floor(Math.log10(each * most));
  const round = ([5, 2, 1].find((step) => step * power <= each * most) ?? 1) * power;
  return { metres: round, width: round / each };
}

export const within = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;
