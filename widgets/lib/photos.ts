// Where pictures of ours are, and in which widths there are photos.

const PLAIN = /^[\w./-]+$/;

/** Where a picture of ours is; null for any other address, which is not ours to load. */
export function photoAddress(photo: string | null): string | null {
  const origin = document.querySelector<HTMLMetaElement>('meta[name="ghar-origin"]')?.content;
  if (!photo || !origin) return null;
  try {
    const address = new URL(photo, origin);
    return address.origin === new URL(origin).origin && PLAIN.test(address.pathname) ? address.href : null;
  } catch {
    return null;
  }
}

const SIZED = /^(.*\/media\/(?:photos|plans)\/[\w-]+\/)\d+\.webp$/;
const WIDTHS = [320, 640, 1280, 1920];

/** A photo without its width: the same for all of its sizes. Drawings have none. */
export const folder = (address: string): string => SIZED.exec(address)?.[1] ?? address;

/** For an `img`: a photo in every width that was made of it, of which `sizes` chooses. */
export function widths(address: string, sizes: string): { srcset: string; sizes: string } | null {
  const [, sized] = SIZED.exec(address) ?? [];
  return sized ? { srcset: WIDTHS.map((width) => `${sized}${width}.webp ${width}w`).join(), sizes } : null;
}
