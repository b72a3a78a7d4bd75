import pg from 'pg';

/** The role that sees the rows of one merchant. It cannot log in; the owner of the tables takes it. */
export const WALLED_ROLE = 'pledgeline_api';

/** Takes the role and names the merchant until the transaction ends. It gives no row, whatever the settings are. */
const ENTER = `SELECT WHERE set_config('role', '${WALLED_ROLE}', true) || set_config('pledgeline.merchant', $1, true) IS NULL`;

/** What begins and ends transactions, and reads no table. With a semicolon, something else could follow. */
const TRANSACTION_CONTROL = /^\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET)\b[^;]*$/i;

/** What `query` of a client takes here: neither callbacks nor streams. */
export type QueryArguments = readonly [query: string | pg.QueryConfig, values?: unknown[]];

/**
 * Runs one statement as {@link WALLED_ROLE} for a merchant. Role and merchant are set in the same message as the statement, and end
 * with its transaction: so it takes one round trip, and leaves nothing on the connection, which PgBouncer may give to
 * somebody else.
 */
export function queryWalled(
  client: pg.ClientBase,
  merchantId: string,
  [query, values]: QueryArguments,
): Promise<pg.QueryResult> {
  const config = typeof query === 'string' ? { text: query } : query;
  if (TRANSACTION_CONTROL.test(config.text)) return client.query(config);
  // Only in the extended protocol do two statements before one Sync share a transaction.
  const statement = { ...config, values: values ?? config.values ?? [], queryMode: 'extended' };
  return submitBehind(client, [merchantId], new pg.Query(statement));
}

function submitBehind(client: pg.ClientBase, merchant: string[], query: pg.Query): Promise<pg.QueryResult> {
  const submit = query.submit.bind(query);
  query.submit = (connection) => {
    connection.stream.cork();
    connection.parse({ name: '', text: ENTER, types: [] }, true);
    connection.bind({ values: merchant }, true);
    connection.execute(null, true);
    submit(connection);
    connection.stream.uncork();
  };
  return new Promise((resolve, reject) => {
    query.on('error', reject);
    // The driver gives several results where several statements were run. The first one is that of ENTER.
    query.on('end', (results: unknown) => resolve(lastOf(results)));
    client.query(query);
  });
}

function lastOf(results: unknown): pg.QueryResult {
  const last: unknown = Array.isArray(results) ? results.at(-1) : undefined;
  if (!(last instanceof pg.Result)) throw new Error('Postgres has run a statement and gave no result');
  return last;
}
