import type { FastifyInstance } from 'fastify';

/** A route of the app, such as GET /v1/uploads/:id. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

const LINE = /^(?<indent>[│ ]*)[├└]── (?<part>\S*) \((?<methods>[A-Z, ]+)\)$/u;
/** How far each level of the printed tree is indented. */
const LEVEL = 4;

/** Lists every route that the app really has, so that a test which walks them forgets none. */
export function listRoutes(app: FastifyInstance): readonly Route[] {
  const parents: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const { indent = '', part = '', methods = '' } = LINE.exec(line)?.groups ?? {};
      if (part === '') throw new Error(`A line of the printed routes cannot be read: ${line}`);
      const depth = indent.length / LEVEL;
      const path = `${depth === 0 ? '' : parents[depth - 1]}${part}`;
      parents[depth] = path;
      return methods.split(', ').map((method) => ({ method, path: path.replace(/(?<=.)\/$/, '') }));
    });
}
