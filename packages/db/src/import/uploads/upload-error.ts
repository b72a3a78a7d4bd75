export type UploadErrorCode =
  /** The campaign id belongs to nobody, or to another merchant. */
  | 'campaign_not_found'
  /** The upload is not (any more) being received: it has failed, or was canceled. */
  | 'upload_not_open'
  /** The upload's status does not allow what was asked. */
  | 'illegal_move'
  /** The mapping leaves a file of the upload unknown. */
  | 'mapping_incomplete'
  /** By the mapping, more rows are one order than can be read as one. */
  | 'order_too_long';

/** What was asked of an upload cannot be done. The message is for the client. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly code: UploadErrorCode;

  constructor(code: UploadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
