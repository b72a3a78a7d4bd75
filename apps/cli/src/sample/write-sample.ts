import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { kickstarterSample, type SampleOptions } from '@pledgeline/samples';

/** Writes the sample to a file, which appears only when it is complete. Two writers do not disturb each other. */
export async function writeSample(file: string, options: SampleOptions, signal?: AbortSignal): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString('hex')}.draft`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await pipeline(
      Readable.from(kickstarterSample(options), { objectMode: false }),
      createWriteStream(draft),
      signal === undefined ? {} : { signal },
    );
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
