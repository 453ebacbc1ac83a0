import type { Command } from 'commander';
import * as z from 'zod';
import { toPathSegment } from '../../client/path-segment.ts';
import { listAll } from '../../core/ports/page.ts';
import { type Api, apiOf, callApi, keyOption } from '../admin/api.ts';
import type { Context } from '../admin/context.ts';
import { UsageError } from '../admin/errors.ts';
import { resultOf } from './each.ts';
import { readText } from './files.ts';
import { readHirehopCsv } from './hirehop-csv.ts';
import { type Existing, planHirehop, type Step } from './hirehop-plan.ts';
import { knownTypes, remarksOnEvents, remarksOnPreview } from './hirehop-remarks.ts';
import { openReport, type Result } from './report.ts';

interface HirehopOptions {
  readonly project?: string;
  readonly key?: string;
}

const FORMAT = 'hirehop';

const subscriptionSchema = z.looseObject({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  format: z.string(),
});
const pageSchema = z.object({ data: z.array(subscriptionSchema), cursor: z.string().nullable() });

export function addHirehopCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('hirehop')
    .description("import the URLs of HireHop's webhooks and the events that are selected for them")
    .argument('<file>', 'CSV with the columns url and events, and optionally name and enabled')
    .option('--project <project>', 'project of the subscriptions (default for a local stack: demo)')
    .addOption(keyOption())
    .addHelpText(
      'after',
      `
Events are separated by | or ;, or by commas within quotes. If a subscription with the URL and the events of a line
exists, the line changes nothing; if only the events differ, it updates them. name and enabled apply only to new
subscriptions. Each subscription is previewed on a sample: what would not be delivered is reported, and so are names that
no known event has.

Example file:
  url,events,name
  https://example.com/hook,job.status.updated|invoice.status.updated,Billing sync
  https://example.com/people,contact.person.*

Examples:
  npm run import -- hirehop webhooks.csv --project erp
  npm run -s import -- --local hirehop webhooks.csv --json | jq '.items[] | select(.outcome == "failed")'`,
    )
    .action(async (file: string, { project: given, key }: HirehopOptions) => {
      const stack = deployment();
      const api = apiOf(stack, key);
      const named = given ?? stack.project;
      if (named === undefined) throw new UsageError('Choose the project of the subscriptions: --project ID.');
      const lines = readHirehopCsv(readText(file));
      const project = `/v1/projects/${toPathSegment(named)}`;
      const path = `${project}/subscriptions`;
      const report = openReport('line', json());
      const steps = planHirehop(lines, await hirehopSubscriptions(api, path));
      const known = await knownTypes(api, project);
      const remarked = async (step: Step): Promise<Result> => {
        const result = await execute(api, path, step);
        return { ...result, ...(await remarksOn(api, path, step, result, known)) };
      };
      for (const step of steps)
        report.add({ at: step.line, what: step.what, ...(await resultOf(() => remarked(step))) });
      report.end();
    });
}

/** Return the existing subscriptions in HireHop's format, oldest first. */
async function hirehopSubscriptions(api: Api, path: string): Promise<Existing[]> {
  const found = await listAll(100, async ({ limit, cursor: after }) => {
    const query = after === null ? '' : `&cursor=${encodeURIComponent(after)}`;
    const { data, cursor } = pageSchema.parse(await callApi(api, 'GET', `${path}?limit=${limit}${query}`));
    return { items: data, cursor };
  });
  return found.filter(({ format }) => format === FORMAT).toReversed();
}

/** Return the remarks on a step that has led to a subscription. */
async function remarksOn(
  api: Api,
  path: string,
  step: Step,
  { id }: Result,
  known: readonly string[],
): Promise<Pick<Result, 'remarks'>> {
  if (id === undefined) return {};
  const events = step.kind === 'create' ? step.hook.events : 'events' in step ? step.events : [];
  const preview = await remarksOnPreview(api, `${path}/${id}`, events);
  const remarks = [...remarksOnEvents(events, known), ...preview];
  return remarks.length > 0 ? { remarks } : {};
}

async function execute(api: Api, path: string, step: Step): Promise<Result> {
  switch (step.kind) {
    case 'fault':
      return { outcome: 'failed', reason: step.reason };
    case 'repeated':
      return { outcome: 'skipped', reason: `repeats line ${step.ofLine}` };
    case 'there':
      return { outcome: 'already there', id: step.id };
    case 'update': {
      const { existing, events } = step;
      await callApi(api, 'PATCH', `${path}/${existing.id}`, { events });
      return {
        outcome: 'updated',
        id: existing.id,
        reason: `${existing.events.join(', ')} → ${events.join(', ')}`,
      };
    }
    case 'create': {
      const created = await callApi(api, 'POST', path, { ...step.hook, format: FORMAT });
      return { outcome: 'created', id: subscriptionSchema.parse(created).id };
    }
  }
}
