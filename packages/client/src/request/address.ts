/** Values of parameters. Undefined ones are left out. */
export type Values = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Fills the places of an address of the contract, such as `/v1/uploads/{id}`, and adds the query.
 *
 * @throws TypeError when a value for a place is missing
 */
export function writeAddress(template: string, path: Values = {}, query: Values = {}): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name];
    // Dots alone would name another folder, however they are written.
    if (value === undefined || value === null || /^\.{0,2}$/.test(String(value))) {
      throw new TypeError(`${template} needs a value for "${name}".`);
    }
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  const written = search.toString();
  return written === '' ? filled : `${filled}?${written}`;
}
