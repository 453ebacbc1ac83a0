import { globSync, readFileSync } from 'node:fs';
import { type Deployed, run } from './cloud.ts';
import type { Ministack } from './ministack.ts';
import { step } from './step.ts';

/** Run on every stack without IAM; with IAM, only the first. */
export const FILES: readonly string[] = ['test/e2e/main-flow.test.ts', 'test/e2e/paths.test.ts'];

/** These files use the shared stack, but only a local one can be what they test. */
const LOCAL_ONLY: Readonly<Record<string, string>> = {};

/** These tests fail because the emulator is not AWS. */
const UNLIKE_AWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

const MINUTES = 60_000;

const vitest = (ministack: Ministack, args: readonly string[], env: Readonly<Record<string, string>>) =>
  run(ministack, 'node_modules/vitest/vitest.mjs', ['run', ...args], env, 15 * MINUTES);

/** Run an end-to-end file against a deployed stack, but for the tests that the emulator cannot pass. */
export async function endToEnd(
  ministack: Ministack,
  { outputsFile }: Deployed,
  adminKey: string,
  file: string,
): Promise<void> {
  const without = Object.entries(UNLIKE_AWS[file] ?? {});
  for (const [name, reason] of without) console.log(`  without “${name}”: ${reason}`);
  await step(file, () =>
    vitest(
      ministack,
      [
        ...['--project=e2e', '--project=security', '--project=long', file],
        ...(without.length > 0 ? ['--testNamePattern', noneOf(without.map(([name]) => name))] : []),
      ],
      { ANCRAGE_OUTPUTS: outputsFile, ANCRAGE_KEY: adminKey },
    ),
  );
}

const noneOf = (names: readonly string[]) => `^(?!.*(${names.map((name) => RegExp.escape(name)).join('|')}))`;

/** Name the files that can run against any stack. @throws Error if a file of the lists is none of these any more */
export function filesOfAll(): readonly string[] {
  const all = globSync('test/{e2e,security}/*.test.ts')
    .filter((file) => /\buseStack\(/.test(readFileSync(file, 'utf8')))
    .toSorted();
  for (const file of [...FILES, ...Object.keys(LOCAL_ONLY), ...Object.keys(UNLIKE_AWS)])
    if (!all.includes(file)) throw new Error(`${file} does not use the shared stack: see files.ts.`);
  for (const [file, reason] of Object.entries(LOCAL_ONLY)) console.log(`  without ${file}: ${reason}`);
  return all.filter((file) => LOCAL_ONLY[file] === undefined);
}

export const runContractTests = (ministack: Ministack) =>
  vitest(ministack, ['--project=contract'], { ANCRAGE_ENGINES: ministack.endpoint });
