import { parseArgs } from 'node:util';
import { projectIdSchema } from '../../core/model/project-id.ts';
import { DEFAULT_DATA_DIR, orUsageError, UsageError } from '../options.ts';

export const USAGE = `Usage: npm run seed -- [options]

Fill a new project of the running local stack with made-up subscriptions, events and attempts of the last seven days.

  --subscriptions N  how many subscriptions (default 5000)
  --attempts N       how many attempts, at least (default 100000)
  --project ID       the project, which must not have subscriptions or events yet (default acme)
  --seed N           the same number makes the same data, relative to the present time (default 1)
  --data-dir DIR     data directory of the local stack (default .local)
  --help             print this help`;

/** As many as the local stack allows. */
const MOST_SUBSCRIPTIONS = 10_000;
const MOST_ATTEMPTS = 10_000_000;
const MOST_SEED = 2 ** 32 - 1;

export interface SeedCommandLine {
  readonly subscriptions: number;
  readonly attempts: number;
  readonly project: string;
  readonly seed: number;
  readonly dataDir: string;
  readonly help: boolean;
}

/** @throws UsageError */
export function parseSeedCommandLine(args: readonly string[]): SeedCommandLine {
  const { values } = orUsageError(() =>
    parseArgs({
      args: [...args],
      options: {
        subscriptions: { type: 'string', default: '5000' },
        attempts: { type: 'string', default: '100000' },
        project: { type: 'string', default: 'acme' },
        seed: { type: 'string', default: '1' },
        'data-dir': { type: 'string', default: DEFAULT_DATA_DIR },
        help: { type: 'boolean', default: false },
      },
    }),
  );
  return {
    subscriptions: wholeNumber('subscriptions', values.subscriptions, 1, MOST_SUBSCRIPTIONS),
    attempts: wholeNumber('attempts', values.attempts, 1, MOST_ATTEMPTS),
    seed: wholeNumber('seed', values.seed, 0, MOST_SEED),
    project: projectId(values.project),
    dataDir: values['data-dir'],
    help: values.help,
  };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not '${text}'`);
  return number;
}

function projectId(text: string): string {
  const { data, error } = projectIdSchema.safeParse(text);
  if (error !== undefined) throw new UsageError(`--project '${text}' ${error.issues[0]?.message}`);
  return data;
}
