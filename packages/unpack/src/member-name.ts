/** Why a member is left out by its name alone; null when it is to be looked at. */
export function junkReason(path: string): string | null {
  const segments = path.split('/');
  const name = segments.at(-1)?.toLowerCase();
  if (segments.includes('__MACOSX')) return 'a file that macOS adds to archives';
  if (name === 'thumbs.db' || name === 'desktop.ini') return 'a file that Windows keeps in folders';
  // "." and ".." are steps of a path, not names.
  return segments.some((segment) => /^\.[^.]|^\.\.[^/]/.test(segment)) ? 'a hidden file' : null;
}
