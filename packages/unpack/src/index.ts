export { detectFileKind, type FileKind } from './detect-file-kind.js';
export { SpoolError } from './spool-error.js';
export { unpack } from './unpack.js';
export { UnpackError, type UnpackErrorCode } from './unpack-error.js';
export {
  type FileNotice,
  noticeCodes,
  type SheetRow,
  type UnpackedFile,
  type UnpackLimits,
  type UnpackOptions,
} from './unpacked-file.js';
