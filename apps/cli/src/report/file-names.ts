import type { UploadedFile } from '../upload/file-answer.js';
import { printable } from './text.js';

/** Shortens the name of a file for the report. */
export type FileNames = (name: string) => string;

/** Names the files of an archive by their paths without the folder that all of them share. */
export function createFileNames(files: readonly UploadedFile[]): FileNames {
  const folder = sharedFolder(files.flatMap(({ name, skipped }) => (skipped === null ? (name ?? []) : [])));
  return (name) => printable(name.startsWith(folder) ? name.slice(folder.length) : name);
}

function sharedFolder(paths: readonly string[]): string {
  let folder = folderOf(paths[0] ?? '');
  while (!paths.every((path) => path.startsWith(folder))) folder = folderOf(folder.slice(0, -1));
  return folder;
}

/** With a slash at the end; empty for a file in no folder. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
