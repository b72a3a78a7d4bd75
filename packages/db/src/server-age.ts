/**
 * SQL for the time of the last crash: Postgres begins to count anew then, and else only when it is told to. Null when there was none
 * since the database was made.
 */
export const lastCrashSql = '(SELECT stats_reset FROM pg_stat_bgwriter)';

/** SQL for the time since when Postgres runs. A recovery that takes long is not over by then. */
export const upSinceSql = `greatest(pg_postmaster_start_time(), ${lastCrashSql})`;
