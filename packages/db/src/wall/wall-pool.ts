import type pg from 'pg';
import { type QueryArguments, queryWalled } from './walled-query.js';

/** Where the rows end that a query may see. */
export interface Wall {
  /** The merchant for whom a query is made, or a transaction begun. @throws Error when there is none */
  readonly merchantOf: () => string;
  /** Whether the database has the wall; if not, queries pass as they are. */
  readonly isUp: () => Promise<boolean>;
}

/** The same pool with the same connections, whose queries and transactions see the rows of one merchant. */
export function wallPool(pool: pg.Pool, { merchantOf, isUp }: Wall): pg.Pool {
  /** The merchant is read at once: who waits for a connection may be somebody else's turn. */
  const connect = async (): Promise<pg.PoolClient> => {
    const merchantId = merchantOf();
    return (await isUp()) ? wallClient(await pool.connect(), merchantId) : pool.connect();
  };
  const query = async (...[statement, values]: QueryArguments): Promise<pg.QueryResult> => {
    const client = await connect();
    try {
      const result = await client.query(statement, values);
      client.release();
      return result;
    } catch (error) {
      // As the pool does it: in which state the connection is, is not known.
      client.release(true);
      throw error;
    }
  };
  return replaceMembers(pool, { connect, query });
}

function wallClient(client: pg.PoolClient, merchantId: string): pg.PoolClient {
  return replaceMembers(client, {
    query: (...statement: QueryArguments) => queryWalled(client, merchantId, statement),
  });
}

/** The same object with other members in place of some. It is still an instance of its class: Prisma asks. */
function replaceMembers<T extends object>(object: T, members: Readonly<Record<string, unknown>>): T {
  return new Proxy(object, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(members, name)) return members[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
