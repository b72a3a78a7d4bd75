/**
 * Writes the Prisma client into src/generated/. Works offline: the generator is WebAssembly inside the npm
 * packages, and the schema engine, which Prisma would download here, is not needed for it. The path of
 * any existing executable in its place keeps Prisma from downloading.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const prisma = join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js');

try {
  execFileSync(
    process.execPath,
    [prisma, 'generate', '--no-hints', '--schema', '../../prisma/schema.prisma'],
    {
      cwd: packageFolder,
      stdio: 'pipe',
      encoding: 'utf8',
      env: {
        // biome-ignore lint/style/noProcessEnv: handed on to a child, not read.
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
} catch (error) {
  process.stderr.write(`prisma generate failed\n${error.stdout ?? ''}${error.stderr ?? ''}`);
  process.exit(1);
}
