import pg from 'pg';

/**
 * How the values of our own SQL are read. For the pool only, not global; Prisma has its own parsers. `numeric` stays
 * text (money is never a float); `int8`, the type of count() and sum(), becomes a number.
 */
export const poolTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(oid, format),
};

/** No count here is near 2^53. If one is, an error is better than a rounded value. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The int8 ${text} does not fit a JavaScript number`);
  return value;
}
