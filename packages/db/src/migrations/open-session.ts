import pg from 'pg';

/** A connection for migrating. Limits that the role or the database has are meant for requests, and do not hold. */
export async function openSession(connectionString: string): Promise<pg.Client> {
  const session = new pg.Client({
    connectionString,
    application_name: 'pledgeline-migrate',
    keepAlive: true,
  });
  // A server that goes away is heard of from the query.
  session.on('error', () => undefined);
  await session.connect();
  await session.query(
    'SET statement_timeout = 0; SET idle_session_timeout = 0; SET idle_in_transaction_session_timeout = 0',
  );
  return session;
}
