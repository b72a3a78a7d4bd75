import fc from 'fast-check';

/** Any UTF-16 units, also lone surrogates and NUL, mixed with plain text. */
export const anyString: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.nat(0xffff), fc.nat(0x7f)), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));
