export { detectFileKind, type FileKind } from './detect-file-kind.js';
export { SpoolError } from './spool-error.js';
export { unpack } from './unpack.js';
export { UnpackError, type UnpackErrorCode } from './unpack-error.js';
export type { FileNotice, SheetRow, UnpackedFile, UnpackLimits, UnpackOptions } from './unpacked-file.js';
