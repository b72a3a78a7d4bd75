import { defineConfig } from 'prisma/config';

/** For the Prisma CLI only: `prisma migrate deploy` on a server, `prisma generate` in a checkout. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/pledgeline' },
});
