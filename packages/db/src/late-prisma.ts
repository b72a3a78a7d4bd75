import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/prisma/client.js';

/** A Prisma client that is made when it is first asked for. */
export interface LatePrisma {
  readonly client: PrismaClient;
  /** Disconnects the client, if there is one. */
  close(): Promise<void>;
}

/**
 * A Prisma client on a pool. Each client unfolds the whole schema in memory, 2 to 6 MB, and most programs and most objects of
 * this package only write SQL, so it is not made before somebody uses it.
 */
export function latePrisma(pool: pg.Pool): LatePrisma {
  let made: PrismaClient | undefined;
  return {
    get client() {
      made ??= new PrismaClient({ adapter: new PrismaPg(pool) });
      return made;
    },
    async close() {
      await made?.$disconnect();
    },
  };
}
