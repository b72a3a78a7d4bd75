import type { TestApi } from './start-api.js';

/** A route of the app, such as GET /v1/uploads/:id. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

const LINE = /^(?<indent>[│ ]*)[├└]── (?<part>\S*) \((?<methods>[A-Z, ]+)\)$/u;
/** How far each level of the printed tree is indented. */
const LEVEL = 4;

/** Lists every route that the app really has, so that a test which walks them forgets none. */
export async function listRoutes({ app, url }: Pick<TestApi, 'app' | 'url'>): Promise<readonly Route[]> {
  const routes: Route[] = [];
  for (const path of listPaths(app)) {
    // Every path has all methods, and some only say that they are not for it. What OPTIONS names are the others.
    const { headers } = await fetch(`${url}${path}`, { method: 'OPTIONS' });
    const methods = (headers.get('allow') ?? '').split(', ').filter((method) => method !== 'OPTIONS');
    routes.push(...methods.map((method) => ({ method, path })));
  }
  return routes;
}

function listPaths(app: TestApi['app']): ReadonlySet<string> {
  const parents: string[] = [];
  const lines = app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .filter((line) => line !== '');
  const paths = lines.map((line) => {
    const { indent = '', part } = LINE.exec(line)?.groups ?? {};
    if (part === undefined) throw new Error(`A line of the printed routes cannot be read: ${line}`);
    const depth = indent.length / LEVEL;
    const path = `${depth === 0 ? '' : parents[depth - 1]}${part}`;
    parents[depth] = path;
    return path.replace(/(?<=.)\/$/, '');
  });
  return new Set(paths);
}
