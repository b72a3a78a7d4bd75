import { fileURLToPath } from 'node:url';

/** The built programs, which production runs as well. */
export const programs = {
  api: fileURLToPath(new URL('../../apps/api/dist/server.js', import.meta.url)),
  worker: fileURLToPath(new URL('../../apps/worker/dist/main.js', import.meta.url)),
};
