import type { Upload } from './contract.js';
import { createDownload, type DownloadCall } from './lists/download.js';
import { createLists, type Lists } from './lists/pages.js';
import { createSnapshot, type SnapshotCall } from './lists/snapshot.js';
import { type Calls, createCalls } from './request/calls.js';
import { type Connection, type ConnectionOptions, openConnection } from './request/connection.js';
import { createStreams, type Streams } from './streams/follow-events.js';
import { type Inspection, type InspectOptions, inspectFile } from './upload/inspect-file.js';
import type { SendableFile } from './upload/sendable-file.js';
import { uploadFile } from './upload/upload-file.js';
import type { SentUpload, UploadOptions } from './upload/upload-options.js';
import { type WaitOptions, waitForUpload } from './watch/wait-for-upload.js';

/** Everything that the API offers. `Given` is what the platform can send as a file. */
export interface Client<Given> extends Calls, Lists, Streams {
  /** Sends a file and resolves when the API has received it. */
  uploadFile(file: Given, options: UploadOptions): Promise<SentUpload>;
  /** Asks what a file would become; stores nothing. */
  inspectFile(file: Given, options?: InspectOptions): Promise<Inspection>;
  /** Resolves when an upload has ended, however it ended, or waits for a person. */
  waitForUpload(id: string, options?: WaitOptions): Promise<Upload>;
  readonly download: DownloadCall;
  readonly snapshot: SnapshotCall;
}

/** How a platform opens what it can send. */
export type OpenFile<Given> = (file: Given, connection: Connection) => Promise<SendableFile>;

export function createClientWith<Given>(open: OpenFile<Given>, options: ConnectionOptions): Client<Given> {
  const connection = openConnection(options);
  return {
    ...createCalls(connection),
    ...createLists(connection),
    ...createStreams(connection),
    download: createDownload(connection),
    snapshot: createSnapshot(connection),
    uploadFile: async (file, upload) => uploadFile(connection, await open(file, connection), upload),
    inspectFile: async (file, inspect = {}) => inspectFile(connection, await open(file, connection), inspect),
    waitForUpload: (id, wait = {}) => waitForUpload(connection, id, wait),
  };
}
