import { z } from 'zod';

/** What a row packer writes and a chunk stores: the header row of its file, and its rows. */
export const chunkDataSchema = z.object({ headers: z.array(z.string()), rows: z.array(z.array(z.string())) });
