/** A command of a developer that a test runs in a copy of the repository. */
export interface Script {
  readonly command: string;
  /** What is run in its place: the same with fewer rounds, or with what it leaves open. */
  readonly as?: string;
  /** What it prints. */
  readonly prints?: RegExp;
  /** What it writes, which is the same as before if nobody has forgotten to run it. */
  readonly writes?: readonly string[];
}

const holds = /^holds .+$/m;
const capacity = (scenario: string): Script => ({
  command: `npm run simulate -- capacity --scenario ${scenario}`,
  prints: holds,
});

export const SCRIPTS: readonly Script[] = [
  { command: 'npm run story', prints: /publish/ },
  { command: 'npm run format', prints: /No fixes applied/ },
  {
    command: 'npm run openapi',
    writes: ['docs/openapi.json', 'docs/openapi-3.0.json', 'client/schema.d.ts'],
  },
  { command: 'npm run synth' },
  // Other versions of the programs that it asks may answer otherwise.
  { command: 'npm run responses' },
  { command: 'npx vitest run test/unit/core/model/verdict.test.ts', prints: /passed/ },
  {
    command: 'npx vitest run test/contract/compatibility.test.ts',
    // As if the version had just been raised.
    as: 'rm -r "$(ls -d test/support/golden/*/ | tail -1)" && WRITE_GOLDEN=1 npx vitest run test/contract/compatibility.test.ts',
    prints: /passed/,
  },
  { command: 'npm run simulate', as: 'npm run simulate -- --seeds 20', prints: /^20 seeds, 0 failed$/m },
  {
    command: 'npm run simulate -- --seeds 1000 --trace',
    as: 'npm run simulate -- --seeds 5 --trace',
    prints: /^5 \w+$/m,
  },
  {
    command: 'npm run simulate -- capacity --scenario half-failing-1 --seeds 24',
    as: 'npm run simulate -- capacity --scenario half-failing-1 --seeds 1',
    prints: holds,
  },
  ...['table', 'strict-order', 'wide-event-dying-late', 'rate-limit', 'slow-neighbours'].map(capacity),
  { command: 'npm run mutate', as: 'npm run mutate -- --dryRunOnly', prints: /dry.run/i },
  { command: 'npm run screenshots' },
  {
    command: 'npm version --no-git-tag-version',
    as: 'npm version --no-git-tag-version patch',
    prints: /^v\d+\.\d+\.\d+$/m,
  },
];
