import { randomBytes } from 'node:crypto';
import type { Api } from '../admin/api.ts';
import { apiOf, callApi } from '../admin/api.ts';
import type { Deployment } from '../admin/deployment.ts';
import { apiResponds, keyWorks, runChain, runEdge } from './chain.ts';
import { checks, FailedError, type RunCheck } from './check.ts';
import type { Report } from './report.ts';
import { pathOf, type Subject, throwawayProject } from './subject.ts';
import type { Patience } from './wait.ts';

export interface SmokeOptions {
  /** Key of an existing project; without a key, the checks run in a throwaway project. */
  readonly key: string | undefined;
  readonly viaQueue: boolean;
  readonly patience: Patience;
}

/** Run all checks on a stack, add the results to the report and clean up. */
export async function smoke(stack: Deployment, report: Report, options: SmokeOptions): Promise<void> {
  const { key, patience } = options;
  const check = checks(report, stack, patience.signal);
  const api: Api = { url: stack.apiUrl.replace(/\/$/, ''), signal: patience.signal };
  try {
    await check({
      name: 'api',
      title: 'the API responds',
      detail: (version) => `version ${version}`,
      functions: ['openapi'],
      run: () => apiResponds(api, patience),
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
  check: RunCheck,
  options: SmokeOptions,
): Promise<void> {
  const run = newRun();
  const throwaway = throwawayProject(stack, run);
  try {
    const key = await check({
      name: 'project',
      title: `created the throwaway project ${throwaway.project} and a key in the table`,
      functions: [],
      run: () => throwaway.create(),
    });
    report.hide(key);
    const { signal } = options.patience;
    const api = { ...apiOf(stack, key), signal };
    await checkKey(check, api);
    const subject = { stack, project: throwaway.project, api, run, patience: options.patience };
    await runChain(subject, check, { ...options, created: () => {} });
    await runEdge(subject, check);
  } finally {
    await cleanUp(stack, report, `deleted the project ${throwaway.project} and everything in it`, () =>
      throwaway.delete(),
    );
  }
}

async function withKey(
  stack: Deployment,
  known: Api & { key: string },
  report: Report,
  check: RunCheck,
  options: SmokeOptions,
): Promise<void> {
  report.hide(known.key);
  const { patience } = options;
  const api = { ...known, signal: patience.signal };
  const project = await checkKey(check, api);
  const subject: Subject = { stack, project, api, run: newRun(), patience };
  const subscriptions = new Set<string>();
  try {
    await runChain(subject, check, { ...options, created: ({ id }) => subscriptions.add(id) });
    await runEdge(subject, check);
  } finally {
    await cleanUp(stack, report, 'deleted the subscriptions', async () => {
      for (const id of subscriptions) await callApi(known, 'DELETE', pathOf(subject, `subscriptions/${id}`));
    });
  }
}

const checkKey = (check: RunCheck, api: Api): Promise<string> =>
  check({
    name: 'key',
    title: 'the key is valid and has the required scopes',
    functions: ['authorize', 'projects'],
    run: () => keyWorks(api),
  });

/** Clean up even after an interruption. The report contains a failure of the clean-up as well. */
async function cleanUp(
  stack: Deployment,
  report: Report,
  title: string,
  run: () => Promise<void>,
): Promise<void> {
  await checks(report, stack, new AbortController().signal)({ name: 'clean-up', title, functions: [], run });
}
