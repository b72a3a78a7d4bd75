import fc from 'fast-check';

/** Any UTF-16 units at all, lone surrogates and NULs among them, with plain text mixed in. */
export const anyString: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.nat(0xffff), fc.nat(0x7f)), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));
