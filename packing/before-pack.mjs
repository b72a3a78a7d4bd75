// Runs before a package is packed (`prepack`), in its folder.
import { existsSync } from 'node:fs';
import process from 'node:process';

// biome-ignore lint/style/noProcessEnv: the only way in which a package manager says who it is
const by = process.env.npm_config_user_agent ?? 'npm';
if (!by.startsWith('pnpm/')) {
  refuse(
    `Pack with pnpm: "pnpm pack". ${by.split('/')[0]} leaves "catalog:" in package.json, which nobody can install.`,
  );
}
if (!existsSync('dist/index.js') || !existsSync('dist/index.d.ts')) {
  refuse('Build first: "pnpm build". There is no dist to pack.');
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}
