import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Account } from './account.ts';
import { type Deployed, ended, run } from './cloud.ts';
import { LONG, NOT_HERE, SOMETIMES } from './files.ts';
import { clientSettings, type Ministack } from './ministack.ts';
import { step } from './step.ts';

const VITEST = 'node_modules/vitest/vitest.mjs';
const MINUTES = 60_000;
const MAX_MS = 15 * MINUTES;
/** The emulator answers more slowly than the local stack, much more so on a machine that does other things as well. */
const PATIENCE = `--testTimeout=${10 * MINUTES}`;

/** A stack, and an admin key of one of its projects. */
export interface Subject {
  readonly account: Account;
  readonly stack: Deployed;
  readonly admin: string;
}

export const runContractTests = ({ endpoint, ...ministack }: Ministack) =>
  step('contract tests', () =>
    run(ministack, VITEST, ['run', '--project=contract', PATIENCE], { ANCRAGE_ENGINES: endpoint }, MAX_MS),
  );

/** Run an end-to-end file against a deployed stack, but for the tests that cannot pass there, or take minutes. */
export async function endToEnd(subject: Subject, file: string, isLongToo = false): Promise<void> {
  const without = Object.entries({
    ...{ ...NOT_HERE[file], ...SOMETIMES[file], ...(isLongToo ? {} : LONG[file]) },
  });
  for (const [name, reason] of without) console.log(`  without “${name}”: ${reason}`);
  await purgeQueues(subject);
  const names = without.map(([name]) => name);
  await step(file, () =>
    run(
      subject.account.ministack,
      VITEST,
      argsOf(file, names.length > 0 ? noneOf(names) : ''),
      envOf(subject),
      MAX_MS,
    ),
  );
}

/** Check that tests that are said to fail here do. @param names parts of their names, each of at least one; none: of any test */
export async function checkFailures(subject: Subject, file: string, names: readonly string[]): Promise<void> {
  await purgeQueues(subject);
  const report = join(subject.account.directory, 'vitest.json');
  rmSync(report, { force: true });
  await step(`check that ${names.length || 'some'} tests of ${file} cannot pass`, async () => {
    const args = [...argsOf(file, oneOf(names)), '--reporter=json', `--outputFile=${report}`];
    await ended(subject.account.ministack, VITEST, args, envOf(subject), MAX_MS);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    if (names.length === 0 && testResults.every(({ status }) => status === 'passed'))
      throw new Error(`It passes: remove its entry from files.ts: ${file}.`);
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    // A test is skipped if the preparations of its suite fail.
    const passing = names.filter((name) => {
      const found = tests.filter(({ ancestorTitles, title }) =>
        [...ancestorTitles, title].join(' > ').includes(name),
      );
      return found.length === 0 || found.some(({ status }) => status === 'passed');
    });
    if (passing.length > 0)
      throw new Error(`They pass, or have other names: remove their entries from files.ts: ${passing}`);
  });
}

/** Vitest's, with a result for each file. */
interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

const argsOf = (file: string, pattern: string): string[] => [
  ...['run', '--project=e2e', '--project=security', '--project=long', PATIENCE, file],
  ...(pattern === '' ? [] : ['--testNamePattern', pattern]),
];

const envOf = ({ stack: { outputsFile }, admin }: Subject) => ({
  ...{ ANCRAGE_OUTPUTS: outputsFile, ANCRAGE_KEY: admin },
});

const oneOf = (names: readonly string[]): string => names.map((name) => RegExp.escape(name)).join('|');
const noneOf = (names: readonly string[]): string => `^(?!.*(${oneOf(names)}))`;

/** Some tests take the first dead letter, or wait until no message is left. Other files leave theirs in a deployed stack. */
async function purgeQueues({ account: { ministack }, stack }: Subject): Promise<void> {
  const sqs = new SQSClient(clientSettings(ministack));
  try {
    for (const [name, QueueUrl] of Object.entries(stack.outputs))
      if (name.endsWith('QueueUrl')) await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  } finally {
    sqs.destroy();
  }
}
