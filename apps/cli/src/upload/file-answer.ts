import { z } from 'zod';

export const detectionSchema = z.object({
  reasons: z.array(z.string()),
  unknownColumns: z.array(z.string()),
  missingColumns: z.array(z.string()),
});

const formatSchema = z.object({
  /** Null for a sheet of a workbook, which leaves no doubt about its encoding. */
  encoding: z
    .object({
      name: z.string(),
      source: z.string(),
      /** False when it is a guess. */
      certain: z.boolean(),
    })
    .nullable(),
  delimiter: z.object({ value: z.string(), source: z.string() }).nullable(),
  headerLine: z.number(),
  /** Lines above the header that are no part of the table. */
  titleLines: z.array(z.number()),
});

/** How the bytes of a file were read. */
export type FileFormat = z.infer<typeof formatSchema>;

const dateOrderSchema = z.object({
  position: z.number(),
  header: z.string(),
  /** Null when the order is unknown; ambiguous dates are rejected then. */
  order: z.enum(['dmy', 'mdy']).nullable(),
  source: z.string(),
  /** How many cells have an ambiguous date such as `03/04/2024`. */
  ambiguous: z.number(),
  /** Whether some cells prove one order and some the other. */
  conflicting: z.boolean(),
});

/** How the dates of one column were read. */
export type DateOrderFinding = z.infer<typeof dateOrderSchema>;

export const fileSchema = z.object({
  /** The path in the archive; null when the upload is no archive. */
  name: z.string().nullable(),
  /** Null when it is no workbook. */
  sheet: z.string().nullable(),
  /** Why it was not read; null when it was. */
  skipped: z.string().nullable(),
  format: formatSchema.nullable(),
  firstRow: z.number(),
  rowCount: z.number(),
  platform: z.string().nullable(),
  detection: detectionSchema.nullable(),
  dateOrders: z.array(dateOrderSchema).nullable(),
  /** What must be said before the file is imported. Older APIs do not send it. */
  questions: z.array(z.object({ message: z.string() })).default([]),
  /** What is assumed because the file does not say it. Older APIs do not send it. */
  assumptions: z.array(z.object({ message: z.string() })).default([]),
  /** How many issues are about the file as a whole. Older APIs do not send it. */
  issueCount: z.number().default(0),
});

/** A table of an upload, or a file of its archive that was skipped. */
export type UploadedFile = z.infer<typeof fileSchema>;

/** Whether the file was read, but its columns were not recognised. */
export function isUnrecognized({ skipped, platform }: UploadedFile): boolean {
  return skipped === null && platform === null;
}
