/** The imports that must never exist: what keeps core free of AWS, and the layers apart. */

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/**
 * The folders of core in the order in which they may import one another: each only those before it. What stands in one
 * entry stands side by side.
 */
const LAYERS = [
  ['languages'],
  ['kernel'],
  ['engines'],
  ['model'],
  ['ports'],
  ['receive', 'read'],
  ['customer-code'],
  ['request'],
  ['publish'],
  ['flow', 'erase'],
  ['fan-out', 'deliver'],
  ['pump'],
  ['api-schemas'],
  ['sweep', 'replay', 'idempotency', 'auth'],
  ['manage'],
  ['preview', 'fit'],
  ['dialects'],
];

/** The same for the folders of the template engine, and the files beside them. */
const TEMPLATE_LAYERS = [
  ['values'],
  ['formats'],
  ['members'],
  ['globals'],
  ['filters'],
  ['frappe'],
  ['all-filters', 'parser'],
  ['interpreter'],
  ['template', 'condition'],
];

const within = (folder, parts) => `^${folder}/(${parts.join('|')})(/|\\.ts$)`;

/** For each part of a folder: the ones beside and above it in the layers, and those that no layer imports, are out of its reach. */
const layersOf = (folder, name, layers, others = []) =>
  layers.flatMap((parts, level) =>
    parts.map((part) => {
      const beside = parts.filter((other) => other !== part);
      const above = layers.slice(level + 1).flat();
      return forbidden(
        `${name}-${part}`,
        `Imports within ${folder} point one way, so that it is read from top to bottom.`,
        { path: within(folder, [part]) },
        { path: within(folder, [...beside, ...above, ...others]) },
      );
    }),
  );

const CORE_INSIDE = '^core/(?!adapters/)';

export default {
  forbidden: [
    forbidden('no-cycles', 'Files that import one another are one file in two.', {}, { circular: true }),
    ...layersOf('core', 'layer', LAYERS, ['adapters', 'openapi']),
    ...layersOf('core/engines/template', 'template', TEMPLATE_LAYERS),
    forbidden(
      'core-knows-no-framework',
      'core runs anywhere: it knows neither the CDK nor middy nor who uses it.',
      { path: '^core/' },
      { path: '(^|node_modules/)(aws-cdk-lib|constructs|@middy)(/|$)|^(lambdas|lib|local|bin|test|bench)/' },
    ),
    forbidden(
      'core-inside-knows-no-io',
      'All of core but the adapters reaches the world through ports.',
      { path: CORE_INSIDE },
      {
        path: '(^|node_modules/)@aws-sdk/|^core/adapters/|^(node:)?(http|https|http2|net|dns|tls|fs|child_process)(/|$)',
      },
    ),
    forbidden(
      'lib-knows-the-contract-only',
      'The stack names functions by path; all they share is contract.ts and routes.ts.',
      { path: '^(lib/|bin/ancrage)' },
      { path: '^(core/(?!(contract|routes)\\.ts$)|lambdas/)' },
    ),
    forbidden(
      'lambdas-stay-apart',
      'One function never imports another.',
      { path: '^lambdas/([^/]+)/' },
      { path: '^lambdas/[^/]+/', pathNot: '^lambdas/($1|middleware)/' },
    ),
    forbidden(
      'handlers-only-translate',
      'Only index.ts builds clients.',
      { path: '^lambdas/[^/]+/handler' },
      { path: '(^|node_modules/)@aws-sdk/|^core/adapters/' },
    ),
    forbidden(
      'dialects-stay-apart',
      'One dialect never imports another.',
      { path: '^core/dialects/([^/]+)/' },
      { path: '^core/dialects/[^/]+/', pathNot: '^core/dialects/$1/' },
    ),
    forbidden(
      'core-names-no-dialect',
      'core serves every dialect; composition roots choose.',
      { path: '^core/(?!dialects/)' },
      { path: '^core/dialects/' },
    ),
    forbidden(
      'manage-and-read-send-nothing',
      'The functions of the API carry no code that delivers.',
      { path: '^core/(manage|read)/' },
      { path: within('core', ['fan-out', 'deliver', 'pump']), reachable: true },
    ),
    forbidden(
      'workers-carry-no-api-schemas',
      'The schemas of the API need all of zod, which costs a worker its cold start.',
      {
        path: '^(core/(publish|flow|fan-out|deliver|pump|receive|sweep)/|lambdas/(fan-out|deliver|pump|sweep)/)',
      },
      { path: '^core/api-schemas/', reachable: true },
    ),
    forbidden(
      'contract-imports-nothing',
      'The stack reads contract.ts and routes.ts: they are plain data.',
      { path: '^core/(contract|routes)\\.ts$' },
      { path: '.' },
    ),
    forbidden(
      'document-only-describes',
      'What the API does never depends on how it is documented.',
      { path: '^core/(?!openapi/)|^lambdas/(?!openapi/)' },
      { path: '^core/openapi/' },
    ),
    forbidden(
      'client-stands-alone',
      'Users take the folder with them: it is made from the OpenAPI document, and knows nothing else of ours.',
      { path: '^client/' },
      { path: '^(core|lambdas|lib|local|bin|test)/' },
    ),
    forbidden(
      'console-knows-the-client-only',
      'The console is a client like any other: what it knows of the API is in the typed client.',
      { path: '^console/' },
      { path: '^(core|lambdas|lib|local|bin|test|bench)/' },
    ),
    forbidden(
      'nobody-knows-the-console',
      'It is built by Vite, and deployed as files.',
      { path: '^(core|lambdas|lib|local|bin|bench|client)/' },
      { path: '^console/' },
    ),
    forbidden(
      'adapters-stay-apart',
      'Each adapter serves its port alone.',
      { path: '^core/adapters/([^/]+)/' },
      { path: '^core/(?!(kernel|model|ports|contract\\.ts)|adapters/$1/)' },
    ),
    forbidden(
      'local-runs-the-template',
      'What runs locally is what deploys, so it reads the template and no source.',
      { path: '^local/(?!development/)' },
      { path: '^(lib|lambdas|test|bench)/' },
    ),
    forbidden(
      'development-bundles-as-the-synthesis',
      'A bundle that is made again is made by the same code as the first one. That is all it knows of the stack.',
      { path: '^local/development/' },
      { path: '^(lambdas|test|bench)/|^lib/(?!bundle\\.ts$)' },
    ),
    forbidden(
      'production-knows-no-tools',
      'What deploys needs nothing of what develops it.',
      { path: '^(core|lambdas|lib)/' },
      { path: '^(local|test|bench)/' },
    ),
    forbidden(
      'dependencies-are-declared',
      'Production code uses dependencies, not devDependencies.',
      { path: '^(core|lambdas|client)/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    forbidden(
      'imports-resolve',
      'An import leads somewhere (the types of aws-lambda have no module).',
      {},
      { couldNotResolve: true, pathNot: '^(aws-lambda$|virtual:)' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'cdk\\.out|console/dist' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
