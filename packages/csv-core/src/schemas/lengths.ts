/** Longest id, e-mail, SKU or other key, in code points (as Zod counts). */
export const maxKeyLength = 512;

/** Longest single line such as a name or an address line, in code points. */
export const maxLineLength = 2_000;

/** Longest free text such as notes or one survey answer, in code points. */
export const maxTextLength = 100_000;
