import { createClient } from '@pledgeline/client';

/** The API that serves this page. The browser adds the cookie of the session, and no script sees it. */
export const client = createClient({ url: '', session: true, headers: { 'pledgeline-page': '1' } });
