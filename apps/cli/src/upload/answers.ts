import type { Schemas } from '@pledgeline/client/node';
import type { Detection, UploadedFile } from './file-answer.js';

/** All issues of one code and column. */
export type IssueGroup = Schemas['IssueGroup'];

/** Whether the issues are about a file as a whole, not about its rows. */
export function isAboutFiles({ examples }: IssueGroup): boolean {
  return examples[0]?.row === null;
}

type UploadStatistics = Schemas['UploadStatistics'];

/** What an upload has changed, and what its campaign holds after it; as far as the report shows it. */
export interface Statistics {
  readonly upload: Pick<UploadStatistics['upload'], 'records' | 'repairs' | 'gone'>;
  readonly campaign: Omit<UploadStatistics['campaign'], 'productCount'>;
}

/** Pledges of one currency and status. */
export type PledgeTotal = UploadStatistics['campaign']['totals'][number];

/** Damage that other programs did to the cells of one column. */
export type Repair = Schemas['Repair'];

/** A notification of the merchant, as far as the report shows it. */
export type Notification = Pick<Schemas['Notification'], 'type' | 'title' | 'sentences'>;

/** One upload, as far as the report shows it. */
export type Upload = Pick<
  Schemas['Upload'],
  | 'id'
  | 'campaign'
  | 'filename'
  | 'status'
  | 'sealed'
  | 'platform'
  | 'confidence'
  | 'failure'
  | 'byteCount'
  | 'rows'
  | 'chunkErrors'
  | 'createdAt'
  | 'sealedAt'
  | 'finishedAt'
  | 'warnings'
> & {
  /** An API of the release before does not say it. */
  readonly draft?: Schemas['Upload']['draft'];
  readonly detection: Detection | null;
  /** In the order of the upload; empty until the file has arrived. */
  readonly files: readonly UploadedFile[];
  readonly statistics: Statistics | null;
};
