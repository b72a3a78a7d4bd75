import { createClient } from '@pledgeline/client';

const connection = { url: '', session: true, headers: { 'pledgeline-page': '1' } } as const;

/** The API that serves this page. The browser adds the cookie of the session, and no script sees it. */
export const client = createClient(connection);

/** As {@link client}, for files on their way: a connection that breaks is waited for until the person gives up. */
export const patientClient = createClient({ ...connection, retries: Number.POSITIVE_INFINITY });
