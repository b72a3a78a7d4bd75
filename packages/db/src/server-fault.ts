/**
 * Codes of the system, of Prisma and of Postgres (manual, appendix A): no connection, read only, out of disk, memory or
 * connections, a timeout or a restart, an error of its files.
 */
const codes =
  /^(?:E(?:CONN(?:REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)|08...|25006|25P03|53...|55P03|57...|58...|40001|40P01|P1001|P1002|P1008|P1017|P2024|P2028)$/;

/** What the driver says when it lost its connection or got none: it gives those errors no code. */
const texts =
  /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (?:was closed|has encountered a connection error))/;

/** Codes of Postgres: the statement took too long (query_canceled), too much memory, or too much room for temporary files. */
const tooMuchCodes = /^(?:57014|53200|53400)$/;

/**
 * Whether Postgres gave up a statement because it was too much for it. That is a fault of the server too, but the same statement
 * may be too much each time.
 */
export function isTooMuch(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string' && tooMuchCodes.test(each.code)) return true;
  }
  return false;
}

/** Whether Postgres, or the way to it, is at fault, and not what was sent: the same work may succeed later. */
export function isServerFault(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string' && codes.test(each.code)) return true;
    if (texts.test(each.message)) return true;
  }
  return false;
}
