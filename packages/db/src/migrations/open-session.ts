import pg from 'pg';

/** A connection for migrating. It ignores time limits of the role or the database, which are meant for requests. */
export async function openSession(connectionString: string): Promise<pg.Client> {
  const session = new pg.Client({
    connectionString,
    application_name: 'pledgeline-migrate',
    keepAlive: true,
  });
  // When the server goes away the query rejects as well, so this event can be ignored.
  session.on('error', () => undefined);
  await session.connect();
  await session.query(
    'SET statement_timeout = 0; SET idle_session_timeout = 0; SET idle_in_transaction_session_timeout = 0',
  );
  return session;
}
