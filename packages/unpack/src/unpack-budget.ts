import { UnpackError } from './unpack-error.js';
import type { UnpackLimits, UnpackOptions } from './unpacked-file.js';

/** The ratio is checked beyond this. A small file may well shrink a thousandfold, and a bomb has only begun here. */
const RATIO_GRACE_BYTES = 10 * 1024 ** 2;

/** Counts what one upload unpacks to, and stops it at the limits. */
export interface UnpackBudget {
  /** Counts bytes that came from the client. */
  received(bytes: number): void;
  /**
   * Counts bytes that were just decompressed.
   *
   * @throws UnpackError `unpacked_too_large` or `ratio_too_high`
   */
  unpacked(bytes: number, file: string | null): void;
  /**
   * Checks a size that a directory announces, before anything is decompressed.
   *
   * @throws UnpackError `unpacked_too_large` or `ratio_too_high`
   */
  announced(bytes: number, file: string | null): void;
  /** A budget with the same counts, for bytes that will be unpacked once more. */
  copy(): UnpackBudget;
  readonly limits: UnpackLimits;
}

/** A budget for one upload. */
export function createBudget(options: Pick<UnpackOptions, 'limits' | 'onUnpacked'>): UnpackBudget {
  return countFrom(0, 0, options);
}

function countFrom(
  received: number,
  unpacked: number,
  options: Pick<UnpackOptions, 'limits' | 'onUnpacked'>,
): UnpackBudget {
  const { limits, onUnpacked } = options;
  let receivedBytes = received;
  let unpackedBytes = unpacked;

  function check(bytes: number, file: string | null): void {
    if (bytes > limits.maxUnpackedBytes) throw tooLarge(limits, file);
    if (bytes > RATIO_GRACE_BYTES && bytes > receivedBytes * limits.maxRatio) {
      throw ratioTooHigh(limits, file);
    }
  }

  return {
    limits,
    received(bytes) {
      receivedBytes += bytes;
    },
    unpacked(bytes, file) {
      unpackedBytes += bytes;
      check(unpackedBytes, file);
      onUnpacked?.(bytes);
    },
    announced(bytes, file) {
      check(unpackedBytes + bytes, file);
    },
    copy: () => countFrom(receivedBytes, unpackedBytes, options),
  };
}

function tooLarge({ maxUnpackedBytes }: UnpackLimits, file: string | null): UnpackError {
  return new UnpackError(
    'unpacked_too_large',
    `The file is larger than ${maxUnpackedBytes} bytes when it is unpacked. Split it into several files, each with the header row.`,
    { file },
  );
}

function ratioTooHigh({ maxRatio }: UnpackLimits, file: string | null): UnpackError {
  return new UnpackError(
    'ratio_too_high',
    `The file grows more than ${maxRatio} times when it is unpacked, as no export does. Send the CSV itself, not compressed.`,
    { file },
  );
}
