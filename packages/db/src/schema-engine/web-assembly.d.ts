// Node has WebAssembly, but its types declare only the names of its types; the functions are in TypeScript's
// "dom" library, with which code could use `document` unnoticed.
declare namespace WebAssembly {
  function instantiate(
    code: Uint8Array,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<{ readonly instance: { readonly exports: { __wbindgen_start(): void } } }>;
}
