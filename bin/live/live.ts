import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../core/kernel/version.ts';
import { AdminError } from '../admin/errors.ts';
import { type Account, lookAt } from './account.ts';
import { stackOf } from './assembly.ts';
import { estimate } from './estimate.ts';
import type { LiveOptions } from './options.ts';
import type { Place } from './place.ts';
import { planOf } from './plan.ts';
import { programs } from './programs.ts';
import { WORKING_COPY } from './release.ts';
import { removeStage } from './remove.ts';
import { reportOf } from './report.ts';
import { type Result, runSteps, runToTheEnd, type Step } from './steps.ts';

interface Terminal {
  /** Print a line for people. */
  readonly tell: (text: string) => void;
  /** Ask whether to create what has been told. */
  readonly confirm: () => Promise<boolean>;
  /** Ends the step that is running; the removal follows. */
  readonly signal: AbortSignal;
}

const regionsOf = ({ region, secondRegion }: LiveOptions): string[] =>
  secondRegion === undefined ? [region] : [region, secondRegion];

/**
 * Deploy a throw-away stage, use it, and remove it, whatever has failed. The report is written in any case.
 *
 * @returns whether nothing has failed
 * @throws AdminError before anything is created
 */
export async function live(
  options: LiveOptions,
  place: Place,
  { tell, confirm, signal }: Terminal,
  reportFile: string,
): Promise<boolean> {
  const { stage, from, keep } = options;
  const regions = regionsOf(options);
  const account = await lookAt(stage, regions);
  const folder = join(WORKING_COPY.folder, '.local/live', stage);
  const plan = planOf({
    ...{ options, place, folder, signal, account },
    programs: programs(join(folder, 'live.log'), signal),
  });
  tell(introduction(options, account));
  if (!(await confirm())) throw new AdminError('Nothing was created.');
  const at = new Date();
  mkdirSync(folder, { recursive: true });
  const last = [...(keep ? [] : [removal(options, place)]), { name: 'clean up', needs: [], run: cleanUp }];
  const results = await runToTheEnd(plan.steps, last, { cannot: place.cannot, signal, tell });
  const report = { at, version: VERSION, from, account: account.id, stage, regions, results };
  writeFileSync(reportFile, reportOf(report));
  tell(`The report is in ${reportFile}, and the output of all programs in ${folder}.`);
  if (keep) tell(`Everything stays. Remove it with: npm run live -- ${again(options)}`);
  return results.every(({ result }) => result !== 'failed');

  async function cleanUp() {
    await plan.close();
    return { detail: 'deleted what was checked out' };
  }
}

/** Remove a stage that `--keep` or a killed run has left. @returns whether that has succeeded */
export async function removeOnly(
  options: LiveOptions,
  place: Place,
  { tell }: Pick<Terminal, 'tell'>,
): Promise<boolean> {
  const surroundings = { cannot: {}, signal: new AbortController().signal, tell };
  const results: Result[] = await runSteps([removal(options, place)], surroundings);
  return results.every(({ result }) => result === 'passed');
}

const removal = (options: LiveOptions, { pollMs }: Place): Step => ({
  name: 'remove',
  needs: [],
  run: () => removeStage({ stage: options.stage, regions: regionsOf(options), pollMs }),
});

const again = ({ stage, region, secondRegion }: LiveOptions): string =>
  [
    `--remove-only --stage ${stage} --region ${region}`,
    ...(secondRegion === undefined ? [] : [`--second-region ${secondRegion}`]),
  ].join(' ');

function introduction(options: LiveOptions, { id }: Account): string {
  const { stage, from, keep, events } = options;
  return [
    `Account ${id}, stage ${stage}, in ${regionsOf(options).join(' and ')}.`,
    `This creates the stack ${stackOf(stage)} in each region: a table with point-in-time recovery, queues, functions, an API, a CloudFront`,
    `distribution, two buckets, a KMS key, alarms and a dashboard; in the first region a copy of the table as well. It publishes`,
    `${2 * events} events${from === undefined ? '' : `, and begins with ${from}`}. ${
      keep ? 'Everything stays (--keep).' : 'In the end, or after a failure or Ctrl-C, it removes everything.'
    }`,
    `Expect about $${estimate(options).toFixed(2)} at list prices, and one to two hours.`,
  ].join('\n');
}
