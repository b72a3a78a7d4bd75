/** Where the token of a link to sign in stands: after the `#`, which no server and no log ever sees. */
const PREFIX = '#link=';

/** The token of the link by which the page was opened; null when it was opened by none. */
export function tokenIn(hash: string): string | null {
  return hash.startsWith(PREFIX) && hash.length > PREFIX.length ? hash.slice(PREFIX.length) : null;
}

/** As {@link tokenIn}, and takes it out of the address, so that it is not in the history and not shared by accident. */
export function takeLink(): string | null {
  const token = tokenIn(location.hash);
  if (token !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
