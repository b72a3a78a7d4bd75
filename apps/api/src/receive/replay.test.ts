import { describe, expect, it } from 'vitest';
import { createReplay } from './replay.js';

async function* count(to: number, onEnd: () => void = () => undefined) {
  try {
    for (let number = 1; number <= to; number += 1) yield number;
  } finally {
    onEnd();
  }
}

describe('A replay', () => {
  it('gives what was taken once more after it was rewound, and then the rest', async () => {
    const { pieces, rewind } = createReplay(count(4), () => false);
    for await (const piece of pieces) if (piece === 2) break;
    rewind();
    const read: number[] = [];
    for await (const piece of pieces) read.push(piece);
    expect(read).toEqual([1, 2, 3, 4]);
  });

  it('keeps nothing once it is settled, and then closes its source with its reader', async () => {
    let isSettled = false;
    let isClosed = false;
    const source = count(4, () => {
      isClosed = true;
    });
    const { pieces, rewind } = createReplay(source, () => isSettled);
    for await (const piece of pieces) if (piece === 1) break;
    expect(isClosed).toBe(false);
    isSettled = true;
    rewind();
    for await (const piece of pieces) if (piece === 2) break;
    expect(isClosed).toBe(true);
  });
});
