import { randomBytes } from 'node:crypto';
import type { Api } from '../admin/api.ts';
import { apiOf, callApi } from '../admin/api.ts';
import type { Deployment } from '../admin/deployment.ts';
import { apiAnswers, keyWorks, runChain } from './chain.ts';
import { checks, FailedError, type MakeCheck } from './check.ts';
import type { Report } from './report.ts';
import { pathOf, type Subject, throwaway } from './subject.ts';
import type { Patience } from './wait.ts';

export interface SmokeOptions {
  /** Of a project that is there; a throwaway project is made if there is none. */
  readonly key: string | undefined;
  readonly viaQueue: boolean;
  readonly patience: Patience;
}

/** Runs all checks on a stack, and leaves nothing behind. What became of them is in the report. */
export async function smoke(stack: Deployment, report: Report, options: SmokeOptions): Promise<void> {
  const { key, patience } = options;
  const check = checks(report, stack, patience.signal);
  const api: Api = { url: stack.apiUrl.replace(/\/$/, ''), signal: patience.signal };
  try {
    await check({
      name: 'api',
      title: 'the API answers',
      tell: (version) => `version ${version}`,
      functions: ['openapi'],
      run: () => apiAnswers(api, patience),
    });
    if (key === undefined) await inThrowaway(stack, report, check, options);
    else await withKey(stack, apiOf(stack, key), report, check, options);
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
  }
}

const newRun = () => randomBytes(5).toString('hex');

async function inThrowaway(
  stack: Deployment,
  report: Report,
  check: MakeCheck,
  options: SmokeOptions,
): Promise<void> {
  const run = newRun();
  const made = throwaway(stack, run);
  try {
    const key = await check({
      name: 'project',
      title: `a throwaway project, ${made.project}, and a key are made in the table`,
      functions: [],
      run: () => made.make(),
    });
    report.hide(key);
    const { signal } = options.patience;
    const api = { ...apiOf(stack, key), signal };
    await keyIsKnown(check, api);
    const subject = { stack, project: made.project, api, run, patience: options.patience };
    await runChain(subject, check, { ...options, made: () => {} });
  } finally {
    await cleanUp(stack, report, `the project ${made.project} and all that is in it are removed`, () =>
      made.remove(),
    );
  }
}

async function withKey(
  stack: Deployment,
  known: Api & { key: string },
  report: Report,
  check: MakeCheck,
  options: SmokeOptions,
): Promise<void> {
  report.hide(known.key);
  const { patience } = options;
  const api = { ...known, signal: patience.signal };
  const project = await keyIsKnown(check, api);
  const subject: Subject = { stack, project, api, run: newRun(), patience };
  const subscriptions = new Set<string>();
  try {
    await runChain(subject, check, { ...options, made: ({ id }) => subscriptions.add(id) });
  } finally {
    await cleanUp(stack, report, 'the subscriptions are removed', async () => {
      for (const id of subscriptions) await callApi(known, 'DELETE', pathOf(subject, `subscriptions/${id}`));
    });
  }
}

const keyIsKnown = (check: MakeCheck, api: Api): Promise<string> =>
  check({
    name: 'key',
    title: 'the key is known, and may do what follows',
    functions: ['authorize', 'projects'],
    run: () => keyWorks(api),
  });

/** Also where it was interrupted: what was made must go. A failure of its own is in the report as well. */
async function cleanUp(
  stack: Deployment,
  report: Report,
  title: string,
  run: () => Promise<void>,
): Promise<void> {
  await checks(report, stack, new AbortController().signal)({ name: 'clean-up', title, functions: [], run });
}
