const LF = 10;

/** Passes on whole lines only, so that a file which is cut off does not end within a character. */
export interface LineHolder {
  push(piece: Uint8Array): void;
  end(isCut: boolean): void;
}

/**
 * Holds back the last line until it is whole. Nothing is copied, so the time is linear in the length of the file.
 *
 * @param maxHeld in bytes; a longer line is passed on unfinished, for its reader to refuse
 */
export function createLineHolder(push: (bytes: Uint8Array) => void, maxHeld: number): LineHolder {
  const findLineEnd = createLineEndFinder();
  let held: Uint8Array[] = [];
  let heldLength = 0;
  let hasPassed = false;

  function hold(piece: Uint8Array): void {
    held.push(piece);
    heldLength += piece.length;
  }

  function passOn(): void {
    for (const piece of held) push(piece);
    held = [];
    heldLength = 0;
    hasPassed = true;
  }

  return {
    push(piece) {
      if (piece.length === 0) return;
      const end = findLineEnd(piece);
      hold(piece.subarray(0, end));
      if (end > 0) passOn();
      hold(piece.subarray(end));
      if (heldLength > maxHeld) passOn();
    },
    end(isCut) {
      // A file without any line end is passed on: its one line is all there is.
      if (!isCut || !hasPassed) passOn();
    },
  };
}

/** Finds where in each piece of a file its last whole line ends; 0 where none does. */
function createLineEndFinder(): (piece: Uint8Array) => number {
  let position = 0;
  let lastByte: number | undefined;
  let isSplit = false;

  /** In UTF-16LE a NUL follows the line feed. In UTF-16BE a NUL may follow too, as part of the next character. */
  function lengthOfLineEnd(piece: Uint8Array, at: number): 1 | 2 {
    if ((position + at) % 2 !== 0) return 1;
    const next = piece[at + 1] ?? (at > 0 ? piece[at - 1] : lastByte);
    return next === 0 ? 2 : 1;
  }

  return (piece) => {
    let at = piece.lastIndexOf(LF);
    const wasSplit = isSplit;
    // The second byte of the line end is in the next piece.
    isSplit = at >= 0 && at + lengthOfLineEnd(piece, at) > piece.length;
    if (isSplit) at = piece.subarray(0, at).lastIndexOf(LF);
    const end = at >= 0 ? at + lengthOfLineEnd(piece, at) : Number(wasSplit);
    position += piece.length;
    lastByte = piece.at(-1);
    return end;
  };
}
