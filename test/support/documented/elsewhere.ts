/**
 * Documented commands that another test or CI runs: the file that does, and words of it that say so. `npm run check` is what CI
 * runs, so a script of it counts. A command with further words than an entry needs an entry of its own.
 */
export interface Elsewhere {
  readonly command: string;
  readonly file: string;
  readonly words: string;
}

const by = (file: string, entries: Readonly<Record<string, string>>): Elsewhere[] =>
  Object.entries(entries).map(([command, words]) => ({ command, file, words }));

const BENCHES =
  'cold-start cost crash creations flow growth isolation templates throughput units worker'.split(' ');

export const ELSEWHERE: readonly Elsewhere[] = [
  ...by('.ci/run', {
    'npm ci': 'npm ci\n',
    'npm run check': 'npm run check\n',
    'npm run test:unit': 'npm run test:unit\n',
    'npm run emulate': 'npm run emulate\n',
    'apt-get install chromium': 'packages+=(chromium)',
  }),
  ...by('package.json', {
    'npm test': '&& npm test &&',
    'npm run typecheck': '"check": "npm run typecheck &&',
    'npm run lint': '&& npm run lint &&',
    'npm run imports': '&& npm run imports &&',
    'npm run unused': '&& npm run unused &&',
    'npm run test:judges': '&& npm run test:judges &&',
    'npm run test:long': '&& npm run test:long"',
    'npm run build': '"prepack": "npm run build"',
    'npm install openapi-fetch': '"openapi-fetch": ',
  }),
  ...by('vitest.config.ts', {
    'npx vitest run --project contract': "project('contract'",
    'npx vitest run test/infra --update': "project('infra'",
  }),
  ...by('test/infra/package.long.test.ts', {
    'npm pack': "'npm', ['pack'",
    'npm install': "'npm', ['install'",
    'npx ancrage-admin': 'dist/bin/admin.js',
  }),
  ...by('test/infra/release.long.test.ts', {
    'npm run release': "'bin/release.ts'",
    'npm run release -- --bucket-prefix acme-ancrage': "'--bucket-prefix', 'acme-ancrage'",
  }),
  ...by('test/e2e/documented-commands.long.test.ts', {
    'npm start': 'npm start -- --port',
    'npm start -- --port 3100': 'npm start -- --port',
    'npm run listen': "'npm run listen'",
    'node examples/receivers/receiver.mjs': "'node examples/receivers/receiver.mjs'",
  }),
  ...by('test/infra/developers-commands.long.test.ts', {
    'npm run dev:console': 'npm run dev:console -- --port',
  }),
  ...by('test/support/benches-in-short.ts', {
    ...Object.fromEntries(
      BENCHES.map((name) => [
        `npm run bench -- ${name}`,
        name.includes('-') ? `'${name}': [` : `  ${name}: [`,
      ]),
    ),
    'npm run bench -- cost --events 1000': '  cost: [',
    'npm run bench -- units --keep': '  units: [',
    'npm run bench': 'bench/main.ts',
    'npm run bench -- document': "'document'",
    'npm run bench -- all --keep': "'--keep'",
  }),
  ...by('test/e2e/local-stack.test.ts', {
    'npm start -- --dynamodb-endpoint http://127.0.0.1:8000': "'--dynamodb-endpoint'",
  }),
  ...by('test/e2e/watch.test.ts', { 'npm start -- --watch': 'useOwnStack({ watch: true' }),
  ...by('test/e2e/inspect.test.ts', {
    'npm start -- --inspect': 'inspect: {',
    'npm start -- --inspect --watch': 'watch: true',
    'npm start -- --inspect=deliver': "inspect: { functionName: 'deliver'",
  }),
  ...by('test/e2e/tracing.test.ts', { 'npm start -- --otlp http://127.0.0.1:4318': 'otlpEndpoint' }),
  ...by('test/e2e/deploy.test.ts', { 'npm run deploy': "useCli('deploy')" }),
  ...by('test/emulate/cloud.ts', { 'cdk deploy': "'deploy', '--all'" }),
  ...by('test/emulate/follow.ts', { 'cdk deploy --outputs-file': '--outputs-file' }),
  ...by('test/e2e/admin.test.ts', {
    'npm run admin -- secrets rotate': "admin('secrets', 'rotate')",
    'npm run admin -- secrets rotate --new-data-key': "'--new-data-key'",
    'npm run admin -- --stage prod secrets rotate': "admin('secrets', 'rotate')",
    'npm run admin -- origin-secret rotate': "admin('origin-secret', 'rotate')",
  }),
  ...by('test/browser/seeded-data.ts', { 'npm run seed': 'subscriptions: 5000, attempts: 100_000' }),
  ...by('test/simulation/capacity.long.test.ts', { 'npm run simulate -- capacity': 'PASSED' }),
  ...by('test/infra/live.long.test.ts', { 'npm ci --ignore-scripts': 'a49b39fb' }),
];
