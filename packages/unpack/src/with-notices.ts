import type { FileNotice, UnpackedFile } from './unpacked-file.js';

/** The same files. The first one that can be read has the notices of the archive as well as its own. */
export async function* withNotices(
  files: AsyncIterable<UnpackedFile>,
  notices: () => readonly FileNotice[],
): AsyncGenerator<UnpackedFile> {
  let areGiven = false;
  for await (const file of files) {
    if (file.kind === 'skipped' || areGiven) {
      yield file;
    } else {
      areGiven = true;
      yield { ...file, notices: () => [...notices(), ...file.notices()] };
    }
  }
}
