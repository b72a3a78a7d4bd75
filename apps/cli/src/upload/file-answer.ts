import type { Schemas } from '@pledgeline/client/node';

/** What its columns say of the platform of a file. */
export type Detection = Pick<Schemas['Detection'], 'reasons' | 'unknownColumns' | 'missingColumns'>;

/** How the bytes of a file were read. A newer API may know more sources. */
export interface FileFormat extends Pick<Schemas['FileFormat'], 'headerLine' | 'titleLines'> {
  readonly encoding: { readonly name: string; readonly source: string; readonly certain: boolean } | null;
  readonly delimiter: { readonly value: string; readonly source: string } | null;
}

/** How the dates of one column were read. A newer API may know more sources. */
export type DateOrderFinding = Omit<Schemas['DateOrder'], 'proofs' | 'source'> & { readonly source: string };

/** A table of an upload, or a file of its archive that was skipped; as far as the report shows it. */
export type UploadedFile = Pick<
  Schemas['File'],
  'name' | 'sheet' | 'skipped' | 'firstRow' | 'rowCount' | 'platform' | 'issueCount'
> & {
  readonly format: FileFormat | null;
  readonly detection: Detection | null;
  readonly dateOrders: readonly DateOrderFinding[] | null;
  /** What must be said before the file is imported. */
  readonly questions: readonly Pick<Schemas['Question'], 'message'>[];
  /** What is assumed because the file does not say it. */
  readonly assumptions: readonly Pick<Schemas['Assumption'], 'message'>[];
};

/** Whether the file was read, but its columns were not recognised. */
export function isUnrecognized({ skipped, platform }: Pick<UploadedFile, 'skipped' | 'platform'>): boolean {
  return skipped === null && platform === null;
}
