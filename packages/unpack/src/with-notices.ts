import type { FileNotice, UnpackedFile } from './unpacked-file.js';

/** The same files; the first one that can be read tells what is to be told of what they were packed in. */
export async function* withNotices(
  files: AsyncIterable<UnpackedFile>,
  notices: () => readonly FileNotice[],
): AsyncGenerator<UnpackedFile> {
  let isTold = false;
  for await (const file of files) {
    if (file.kind === 'skipped' || isTold) {
      yield file;
    } else {
      isTold = true;
      yield { ...file, notices: () => [...notices(), ...file.notices()] };
    }
  }
}
