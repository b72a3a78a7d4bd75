import { spawn } from 'node:child_process';

const openers: Partial<Readonly<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // The first argument in quotes would be the title of a window.
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens an address in the browser of the person, if there is one. Whoever has none has the address in the terminal. */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): void {
  const [program, ...options] = openers[platform] ?? ['xdg-open'];
  const child = spawn(program, [...options, url], { detached: true, stdio: 'ignore' });
  child.once('error', () => undefined);
  child.unref();
}
