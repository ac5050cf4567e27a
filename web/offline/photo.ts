// Makes photos small enough for a weak network, here on the phone. What the camera wrote into them is left out.

const LONGEST_SIDE_PX = 1600;
const QUALITY = 0.82;
const shrunk = new WeakSet<File>();

/** A photo that can't be read. */
export class Unreadable extends Error {}

/** The photo as a JPEG of at most 1600 px; other files as they are. */
export async function shrink(file: File): Promise<File> {
  if (shrunk.has(file) || !/^image\//.test(file.type)) return file;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Unreadable(file.name);
  }
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Unreadable(file.name);
  // What is transparent would become black.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new Unreadable(file.name);
  return kept(blob, file.name.replace(/\.\w+$/, "") + ".jpg");
}

/** A photo that was shrunk before. */
export function kept(blob: Blob, name: string): File {
  const file = new File([blob], name, { type: blob.type || "image/jpeg" });
  shrunk.add(file);
  return file;
}

/** Puts files into a field. */
export function fill(input: HTMLInputElement, files: File[]): void {
  const carrier = new DataTransfer();
  files.forEach((file) => carrier.items.add(file));
  input.files = carrier.files;
}
