import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { toPathSegment } from '../../client/path-segment.ts';
import { replaySchema } from '../../core/api-schemas/replay.ts';
import { validate } from '../../core/kernel/validate.ts';
import { type Api, ApiUnavailableError, apiOf, callApi, keyOption } from './api.ts';
import type { Context } from './context.ts';
import { AdminError } from './errors.ts';
import { printJson } from './print.ts';
import { type Progress, startProgress } from './progress.ts';

interface ReplayOptions {
  readonly since: string;
  readonly until?: string;
  readonly only: string;
  readonly key?: string;
  readonly wait: boolean;
}

const jobSchema = z.looseObject({ id: z.string(), state: z.string(), done: z.number(), total: z.number() });
type Job = z.output<typeof jobSchema>;

const POLL_MS = 1000;
/** Number of consecutive failed requests after which the command gives up; the job itself continues. */
const MAX_FAULTS = 5;

export function addReplayCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('replay')
    .description('replay the deliveries of a subscription, and wait until all are under way')
    .argument('<project>')
    .argument('<subscription>', 'subscription id: sub_…')
    .requiredOption(
      '--since <time>',
      'start of the period: an ISO 8601 time with a time zone, or an age such as 90m, 24h or 7d',
    )
    .option('--until <time>', 'end of the period, in the same formats (default: now)')
    .addOption(
      new Option('--only <which>', 'failed: the last attempt failed; missing: never attempted')
        .choices(['failed', 'all', 'missing'])
        .default('failed'),
    )
    .addOption(keyOption())
    .option('--no-wait', 'start the replay and print its job without waiting')
    .addHelpText(
      'after',
      `
The stack runs the replay as a job, which continues if you interrupt the command, as fast as the endpoint can take
its deliveries. The total is an estimate until the job has ended. Prefer ANCRAGE_KEY to --key: other users of the machine can see command lines.

Examples:
  npm run admin -- replay erp sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA --since 24h
  npm run admin -- replay erp sub_… --since 2026-11-20T00:00:00Z --until 2026-11-21T00:00:00Z --only all
  npm run -s admin -- --local replay demo sub_… --since 1h --only missing --json`,
    )
    .action(async (project: string, subscription: string, options: ReplayOptions) => {
      const now = Date.now();
      const request = validate(replaySchema, {
        since: timeOf(options.since, now),
        ...(options.until !== undefined && { until: timeOf(options.until, now) }),
        only: options.only,
      });
      const api = apiOf(deployment(), options.key);
      const path = `/v1/projects/${toPathSegment(project)}/subscriptions/${toPathSegment(subscription)}`;
      const started = jobSchema.parse(await callApi(api, 'POST', `${path}/replay`, request));
      const job = options.wait ? await follow(api, `${path}/jobs/${started.id}`, started) : started;
      if (json()) printJson(job);
      else console.log(summary(job));
      if (job.state === 'cancelled')
        throw new AdminError('The replay was cancelled, or its subscription was disabled or deleted.');
    });
}

/** Convert an age such as `24h` to a time. Return any other text unchanged, for the validation to judge. */
function timeOf(text: string, now: number): string {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count === undefined) return text;
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'm' | 'h' | 'd'];
  return new Date(now - Number(count) * unitMs).toISOString();
}

async function follow(api: Api, path: string, started: Job): Promise<Job> {
  console.error(`Replay ${started.id} continues if you interrupt this command.`);
  const progress = startProgress('replay');
  try {
    return await poll(api, path, progress);
  } finally {
    progress.end();
  }
}

async function poll(api: Api, path: string, progress: Progress): Promise<Job> {
  for (let faults = 0; ; await sleep(POLL_MS)) {
    try {
      const job = jobSchema.parse(await callApi(api, 'GET', path));
      faults = 0;
      progress.update(job.done, job.total);
      if (job.state !== 'running') return job;
    } catch (error) {
      if (!(error instanceof ApiUnavailableError) || ++faults >= MAX_FAULTS) throw error;
    }
  }
}

function summary({ id, state, done }: Job): string {
  if (state === 'running') return `${id} is running.`;
  return `${id} is ${state}. Deliveries resent: ${done}.`;
}
