// A photo made small enough to travel within a call: turned upright, without anything but its pixels.

const SIDE = 1920;
const MOST = 600_000;
const QUALITIES = [0.86, 0.74, 0.6, 0.45];

/** The picture as base64 of a JPEG; null where this browser cannot read it. */
export async function shrunk(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    for (let side = SIDE; side >= SIDE / 4; side /= 2) {
      const canvas = drawn(picture, side);
      for (const quality of QUALITIES) {
        const blob = await jpeg(canvas, quality);
        if (blob && blob.size <= MOST) return await base64(blob);
      }
    }
  } catch {
    // What is no picture says so by rejecting.
  }
  return null;
}

function drawn(picture: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const jpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

function base64(blob: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onerror = () => fail(reader.error ?? new Error("unread"));
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.readAsDataURL(blob);
  });
}
