import type { CsvFileErrorCode } from '@pledgeline/csv-core';
import type { UploadErrorCode } from '@pledgeline/db';
import type { UnpackErrorCode } from '@pledgeline/unpack';

type Kind = readonly [status: number, title: string];

const ofFiles = {
  empty_file: [422, 'The file is empty'],
  no_header: [422, 'The file has no header'],
  no_rows: [422, 'The file has no rows'],
  not_csv: [422, 'The file is not CSV'],
  invalid_encoding: [422, 'The text of the file cannot be read'],
  unterminated_quote: [422, 'A quote is never closed'],
  too_many_columns: [422, 'The file has too many columns'],
  cell_too_long: [422, 'A cell is too long'],
  row_too_long: [422, 'A row is too long'],
  header_too_long: [422, 'The header is too long'],
  too_many_rows: [422, 'The file has too many rows'],
  order_too_long: [422, 'An order has too many rows'],
  second_header: [422, 'The file has a second header with other columns'],
  quoted_twice: [422, 'The lines of the file are not all quoted twice'],
} satisfies Record<CsvFileErrorCode, Kind>;

const ofArchives = {
  damaged_archive: [422, 'The archive is damaged'],
  encrypted_archive: [422, 'The archive has a password'],
  unsupported_compression: [422, 'The archive is packed in a way that cannot be read'],
  nested_archive: [422, 'There is an archive inside the archive'],
  no_file_in_archive: [422, 'The archive holds no table'],
  no_rows_in_workbook: [422, 'The workbook has no rows'],
  sheet_not_found: [422, 'There is no such sheet'],
  too_many_files: [413, 'The archive has too many files'],
  unpacked_too_large: [413, 'The file is too large when unpacked'],
  ratio_too_high: [413, 'The file unpacks to far more than its size'],
  workbook_too_large: [413, 'The workbook is too large'],
} satisfies Record<UnpackErrorCode, Kind>;

const ofUploads = {
  campaign_archived: [409, 'The campaign is archived'],
  merge_refused: [409, 'The campaigns cannot be merged'],
  campaign_not_found: [404, 'No such campaign'],
  upload_not_open: [409, 'The upload was ended while it was received'],
  illegal_move: [409, "The upload's status does not allow this"],
  campaign_held: [409, 'Another change of the campaign is under way'],
  rows_purged: [409, 'The rows that this needs are no longer kept'],
  review_outdated: [409, 'The campaign has changed since the review'],
  mapping_incomplete: [422, 'The mapping leaves something unknown'],
  order_too_long: [422, 'An order has too many rows'],
} satisfies Record<UploadErrorCode, Kind>;

/** What may be wrong with a file, whoever looks at it. */
export const fileProblems: readonly ProblemCode[] = [...keysOf(ofFiles), ...keysOf(ofArchives)];

/** Every error code of the API with its HTTP status and title. Codes never change their meaning. */
export const problems = {
  ...ofFiles,
  ...ofArchives,
  ...ofUploads,
  invalid_request: [400, 'The request is not valid'],
  missing_campaign: [400, 'The campaign is missing'],
  several_files: [400, 'Several files have rejected rows'],
  unknown_platform: [400, 'No such platform'],
  unknown_encoding: [400, 'No such encoding'],
  invalid_multipart: [400, 'The form cannot be read'],
  missing_key: [401, 'The API key is missing'],
  unknown_key: [401, 'The API key is not valid'],
  expired_key: [401, 'The API key has expired'],
  session_ended: [401, 'Nobody is signed in'],
  unknown_link: [401, 'The link is not valid'],
  wrong_origin: [403, 'The request does not come from the page'],
  insufficient_scope: [403, 'The API key may not do this'],
  not_found: [404, 'No such address'],
  upload_not_found: [404, 'No such upload'],
  no_such_file: [404, 'The upload has no such file'],
  backer_not_found: [404, 'No such backer'],
  pledge_not_found: [404, 'No such pledge'],
  product_not_found: [404, 'No such product'],
  survey_not_found: [404, 'No such survey'],
  notification_not_found: [404, 'No such notification'],
  webhook_not_found: [404, 'No such webhook'],
  delivery_not_found: [404, 'No such delivery'],
  key_not_found: [404, 'No such key'],
  resumable_file_not_found: [404, 'No such resumable file'],
  method_not_allowed: [405, 'This address has no such method'],
  upload_interrupted: [408, 'The request did not arrive whole'],
  campaign_exists: [409, 'There is a campaign of this name'],
  upload_not_done: [409, 'The upload is not done'],
  idempotency_key_in_use: [409, 'The file is still being received'],
  too_many_webhooks: [409, 'There are too many webhooks'],
  webhook_disabled: [409, 'The webhook is switched off'],
  delivery_under_way: [409, 'The delivery is under way'],
  too_many_keys: [409, 'There are too many keys'],
  last_admin_key: [409, 'The merchant needs this key'],
  wrong_offset: [409, 'The part does not continue the file'],
  own_key: [409, 'A key cannot do this to itself'],
  key_ended: [409, 'The key is not valid any more'],
  changed_meanwhile: [412, 'It has changed meanwhile'],
  upload_too_large: [413, 'The file is too large'],
  body_too_large: [413, 'The body is too large'],
  archive_too_large_to_inspect: [413, 'The archive is too large to be inspected'],
  unsupported_tus_version: [412, 'This version of the tus protocol is not supported'],
  unsupported_media_type: [415, 'This type of body is not accepted'],
  unsupported_encoding: [415, 'This content encoding is not accepted'],
  invalid_idempotency_key: [422, 'The idempotency key is not valid'],
  idempotency_key_reused: [422, 'The idempotency key belongs to another upload'],
  missing_file: [422, 'The form holds no file'],
  invalid_webhook_url: [422, 'The URL of the webhook cannot be used'],
  precondition_required: [428, 'The header If-Match is missing'],
  resumable_file_busy: [423, 'Another request works on the file'],
  too_many_resumable_files: [429, 'Too many files are being sent in parts'],
  too_many_streams: [429, 'There are too many event streams'],
  too_many_requests: [429, 'Too many requests are under way'],
  too_many_uploads: [429, 'Too many files are being received'],
  too_little_memory: [429, 'Other files use the memory'],
  headers_too_large: [431, 'The headers are too large'],
  internal_error: [500, 'Something went wrong on our side'],
  database_unavailable: [503, 'The database is not available'],
  storage_unavailable: [503, 'There is no room for the file at this moment'],
  schema_outdated: [503, 'The schema of the database is too old'],
  no_room: [507, 'There is no room for the file'],
} satisfies Record<string, Kind>;

function keysOf<Name extends string>(kinds: Readonly<Record<Name, Kind>>): readonly Name[];
function keysOf(kinds: Readonly<Record<string, Kind>>): readonly string[] {
  return Object.keys(kinds);
}

/** A code that clients may rely on. */
export type ProblemCode = keyof typeof problems;

/** All codes. */
export const problemCodes = keysOf(problems);

export interface ProblemOptions {
  /** More members of the answer, such as the `line` of a file. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An error for the client. It may be thrown anywhere; the error handler answers it as RFC 9457 problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what is wrong and what to do, for the developer of the client or the merchant */
  constructor(code: ProblemCode, detail: string, { members = {}, headers = {}, cause }: ProblemOptions = {}) {
    super(detail, { cause });
    this.code = code;
    this.members = members;
    this.headers = headers;
  }

  get status(): number {
    return problems[this.code][0];
  }

  /** The body of the answer. */
  toJSON(): Readonly<Record<string, unknown>> {
    const [status, title] = problems[this.code];
    return {
      type: `urn:pledgeline:problem:${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      ...this.members,
    };
  }

  /** The same problem with more members. */
  with(members: Readonly<Record<string, unknown>>): Problem {
    return new Problem(this.code, this.message, {
      members: { ...this.members, ...members },
      headers: this.headers,
      cause: this.cause,
    });
  }
}
