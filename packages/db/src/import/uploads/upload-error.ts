export type UploadErrorCode =
  /** The campaign takes no uploads. */
  | 'campaign_archived'
  /** The campaign cannot be merged into the other one. */
  | 'merge_refused'
  /** There is no campaign with this id, or it belongs to another merchant. */
  | 'campaign_not_found'
  /** The upload is not being received any more: it is sealed, has failed, or was canceled. */
  | 'upload_not_open'
  /** The upload's status does not allow what was asked. */
  | 'illegal_move'
  /** The mapping leaves a file of the upload unknown. */
  | 'mapping_incomplete'
  /** An undo or another mapping works on the campaign, and nothing else may change it meanwhile. */
  | 'campaign_held'
  /** Rows are no longer kept that would be needed. */
  | 'rows_purged'
  /** The campaign has changed since the review was made. */
  | 'review_outdated'
  /** The mapping makes one order of more rows than can be read as one. */
  | 'order_too_long';

/** The upload does not allow what was requested. The message is for the client. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly code: UploadErrorCode;

  constructor(code: UploadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
