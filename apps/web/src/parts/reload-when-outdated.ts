/**
 * A deploy replaces the parts of the page that are loaded later, so a page from before it is loaded again: once for each place, and
 * what is behind an address survives that.
 */
export function reloadWhenOutdated(): void {
  addEventListener('vite:preloadError', () => {
    if (Object(history.state).isReloaded === true) return;
    history.replaceState({ ...history.state, isReloaded: true }, '');
    location.reload();
  });
}
