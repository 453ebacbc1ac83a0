/** Sections whose blocks `test/e2e/documented-commands.long.test.ts` runs, in this order, on the local stack. */
export interface Scene {
  readonly file: string;
  /** The last heading above the commands. */
  readonly heading: string;
  /** Commands in the section's prose, which are run after its blocks. */
  readonly prose?: readonly string[];
  /** Commands of its blocks that the registry of other tests has. */
  readonly without?: readonly string[];
}

export const SCENES: readonly Scene[] = [
  { file: 'README.md', heading: 'Try it', without: ['npm ci && npm start', 'npm ci && npm test'] },
  { file: 'README.md', heading: 'From subscribe to delivery' },
  { file: 'docs/api.md', heading: "Weavy's REST hooks" },
  { file: 'docs/api.md', heading: 'Test requests and previews' },
  { file: 'examples/README.md', heading: 'A receiver on the local stack' },
  { file: 'docs/dialects.md', heading: 'Moving from …' },
  { file: 'docs/dialects.md', heading: 'HireHop' },
  { file: 'docs/dialects.md', heading: 'Weavy' },
  { file: 'docs/dialects.md', heading: 'Moving' },
  {
    file: 'docs/upgrading.md',
    heading: 'While both versions run, and afterwards',
    prose: ['npm run admin -- projects list'],
  },
  { file: 'docs/import.md', heading: 'Importing from another system' },
  { file: 'docs/admin.md', heading: 'The admin command' },
  { file: 'docs/smoke.md', heading: 'The smoke test' },
  {
    file: 'docs/local-stack.md',
    heading: 'The local stack',
  },
  {
    file: 'docs/local-stack.md',
    heading: 'Made-up data',
    without: ['npm run seed'],
  },
  { file: 'docs/cost.md', heading: 'What it costs' },
  { file: 'docs/cost.md', heading: 'A run of your own', without: ['npm run bench -- cost --events 1000'] },
  { file: 'docs/cost.md', heading: 'The prices', prose: ['npm run cost -- --sources'] },
  { file: 'README.md', heading: 'Deploy', prose: ['npm run admin -- --help'] },
  { file: 'examples/README.md', heading: 'n8n' },
  {
    file: 'docs/runbook.md',
    heading: 'smoke: key',
    prose: ['npm run admin -- keys create PROJECT smoke --scope manage publish'],
  },
  {
    file: 'docs/runbook.md',
    heading: 'smoke: clean-up',
    prose: ['curl -X DELETE $API/v1/projects/smoke-… -H "authorization: Bearer $ADMIN_KEY"'],
  },
];
