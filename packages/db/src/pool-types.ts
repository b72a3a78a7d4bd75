import pg from 'pg';

/**
 * How values of our own SQL arrive. Of the pool alone, not global; Prisma brings its own. `numeric` stays
 * text (money is never a float); `int8`, which is what count() and sum() give, becomes a number.
 */
export const poolTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(oid, format),
};

/** Nothing here counts to 2^53; if something does, an error is better than a neighbour of the value. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a number`);
  return value;
}
