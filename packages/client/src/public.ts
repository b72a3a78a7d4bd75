export type {
  AnyPage,
  Arguments,
  CallOptions,
  DownloadPath,
  Entry,
  EventPath,
  FileBody,
  Input,
  ListPath,
  Method,
  Operation,
  Output,
  Page,
  PathWith,
  Problem,
  ProblemCode,
  QueryOf,
  Schemas,
  SnapshotPath,
  Upload,
} from './contract.js';
export type { Client } from './create-client.js';
export type { components, operations, paths } from './generated/contract.js';
export type { Download, DownloadCall } from './lists/download.js';
export type { Lists } from './lists/pages.js';
export type { SnapshotCall } from './lists/snapshot.js';
export type { Calls } from './request/calls.js';
export type { ConnectionOptions } from './request/connection.js';
export { ConnectionError, type ProblemBody, ProblemError } from './request/errors.js';
export type { EventData, FollowOptions, StreamedEvent, Streams } from './streams/follow-events.js';
export type { Inspection, InspectOptions } from './upload/inspect-file.js';
export type { WebFile } from './upload/open-blob.js';
export type { SendingProgress, SentUpload, UploadOptions } from './upload/upload-options.js';
export { hasEnded, type WaitOptions } from './watch/wait-for-upload.js';
export {
  type ReceivedWebhook,
  verifyWebhook,
  WebhookError,
  type WebhookErrorCode,
  type WebhookEvent,
} from './webhook/verify-webhook.js';
