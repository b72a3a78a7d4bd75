import { assumptionCodes, columnAssignmentSchema } from '@pledgeline/csv-core/map';
import { z } from 'zod';
import type { ChunkToMap } from '../chunks/chunk-to-map.js';
import type { FileMapping } from '../mappings/map-files.js';

/**
 * How a file of an upload is to be read instead, as a draft stores it: what a person has said. How rows make orders follows from
 * it, see `findOrderGrouping`.
 */
export type RemappedFile = Omit<FileMapping, 'orders'>;

export const remappedFilesSchema: z.ZodType<readonly RemappedFile[]> = z.array(
  z.object({
    fileIndex: z.int(),
    platform: z.string(),
    columns: z.array(columnAssignmentSchema).nullable(),
    dateOrder: z.enum(['mdy', 'dmy']).optional(),
    decimalMark: z.enum(['.', ',']).nullable(),
    assumptions: z.array(z.object({ code: z.enum(assumptionCodes), message: z.string() })),
  }),
);

/** The chunk as it is to be read instead. */
export function remapped(chunk: ChunkToMap, file: RemappedFile | undefined): ChunkToMap {
  if (file === undefined) return chunk;
  const { platform, columns, dateOrder, decimalMark } = file;
  const dateOrders =
    dateOrder === undefined
      ? chunk.dateOrders
      : chunk.dateOrders?.map((column) => ({ ...column, order: dateOrder }));
  return { ...chunk, platform, columns, decimalMark, dateOrders };
}
