/** How much of a file is looked at, after it was unpacked. */
export const PREVIEW_BYTES = 2 * 1024 ** 2;

/** The first bytes of a file. */
export interface Beginning {
  readonly bytes: Uint8Array;
  /** Whether there is more of the file. */
  readonly isCut: boolean;
  /** Whether it was unpacked here. */
  readonly wasPacked: boolean;
}

const gzip = [0x1f, 0x8b];
/** Zip (also of workbooks), gzip, and the workbooks of old. */
const packed = [[0x50, 0x4b, 0x03, 0x04], gzip, [0xd0, 0xcf, 0x11, 0xe0]];

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte);

/** Reads the first bytes of a file, however large it is; null where only the server can open it. */
export async function readBeginning(file: Blob): Promise<Beginning | null> {
  const bytes = new Uint8Array(await file.slice(0, PREVIEW_BYTES).arrayBuffer());
  if (!packed.some((signature) => startsWith(bytes, signature))) {
    return { bytes, isCut: file.size > PREVIEW_BYTES, wasPacked: false };
  }
  const unpacked = startsWith(bytes, gzip) ? await gunzip(file) : null;
  // A workbook in it, or what is damaged, is for the server.
  if (unpacked === null || packed.some((signature) => startsWith(unpacked.bytes, signature))) return null;
  return unpacked;
}

async function gunzip(file: Blob): Promise<Beginning | null> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const bytes = new Uint8Array(PREVIEW_BYTES);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { bytes: bytes.slice(0, length), isCut: false, wasPacked: true };
      const taken = value.subarray(0, PREVIEW_BYTES - length);
      bytes.set(taken, length);
      length += taken.length;
      if (taken.length === value.length) continue;
      await reader.cancel();
      return { bytes, isCut: true, wasPacked: true };
    }
  } catch {
    // Browsers do not say what is wrong with it. The server does.
    return null;
  }
}
