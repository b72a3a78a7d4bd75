export { guardFolder, guardProcess, unguardFolder, unguardProcess } from './guard-client.js';
export { LocalServiceError, type LocalServiceErrorCode } from './local-service-error.js';
export { type RedisForTests, redisForTests } from './redis-for-tests.js';
export { type LocalPostgres, type PostgresOptions, startPostgres } from './start-postgres.js';
export { type RunningProgram, startProgram } from './start-program.js';
export { type LocalRedis, startRedis } from './start-redis.js';
export { waitUntil } from './wait-until.js';
