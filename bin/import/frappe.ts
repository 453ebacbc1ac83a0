import type { Command } from 'commander';
import * as z from 'zod';
import { toPathSegment } from '../../client/path-segment.ts';
import { type Api, ApiRefusedError, apiOf, callApi, getOrNull, keyOption } from '../admin/api.ts';
import type { Context } from '../admin/context.ts';
import { AdminError } from '../admin/errors.ts';
import { resultOf } from './each.ts';
import { readJson } from './files.ts';
import {
  differences,
  type Entry,
  entriesOf,
  lacksTables,
  secretsSchema,
  type Webhook,
  withSecret,
} from './frappe-documents.ts';
import { projectPath, remarksOnWebhook } from './frappe-remarks.ts';
import { openReport, type Result } from './report.ts';
import { asText, serverMessagesIn } from './server-messages.ts';

interface FrappeOptions {
  readonly secrets?: string;
  readonly key?: string;
}

/** The outcomes after which the Webhook that the API has is that of the file. */
const PREVIEWED: readonly Result['outcome'][] = ['created', 'already there'];

const COLLECTION = '/api/resource/Webhook';
const CONFLICT = 409;

const responseSchema = z.object({ data: z.looseObject({ name: z.string() }) });

export function addFrappeCommand(program: Command, { deployment, json }: Context): void {
  program
    .command('frappe')
    .description('import Webhooks that were exported from a Frappe site, such as Dokos or ERPNext')
    .argument('<file>', 'JSON: one document, an array of documents, fixtures, or a response of the API')
    .option('--secrets <file>', 'JSON object of Webhook names and secrets, which Frappe does not export')
    .addOption(keyOption())
    .addHelpText(
      'after',
      `
The Webhooks are imported into the project of the key, which represents the site. The name identifies a Webhook; an
existing one is not changed. Each one is previewed on a sample, and what would not be delivered is reported.

Example of a secrets file:
  {"HOOK-0001": "the secret", "HOOK-0002": "another one"}

Examples:
  npm run import -- frappe sites/erp/fixtures/webhook.json
  npm run import -- frappe webhook.json --secrets secrets.json
  npm run -s import -- --local frappe webhook.json --json`,
    )
    .action(async (file: string, { secrets: secretsFile, key }: FrappeOptions) => {
      const api = apiOf(deployment(), key);
      const secrets = secretsFile === undefined ? {} : readSecrets(secretsFile);
      const entries = entriesOf(readJson(file));
      const report = openReport('document', json());
      const path = await projectPath(api);
      const remarked = async (entry: Entry): Promise<Result> => {
        const result = await importEntry(api, entry, secrets);
        const isTold = result.remarks !== undefined;
        if (entry.webhook === undefined || isTold || !PREVIEWED.includes(result.outcome)) return result;
        const remarks = await remarksOnWebhook(api, path, entry.webhook);
        return { ...result, ...(remarks.length > 0 && { remarks }) };
      };
      for (const [index, entry] of entries.entries()) {
        const result = await resultOf(() => remarked(entry), frappeReason);
        report.add({ at: index + 1, what: entry.what, ...result });
      }
      report.end();
    });
}

function readSecrets(path: string): Readonly<Record<string, string>> {
  const parsed = secretsSchema.safeParse(readJson(path));
  if (!parsed.success) throw new AdminError(`${path} is not a JSON object of Webhook names and secrets.`);
  return parsed.data;
}

async function importEntry(
  api: Api,
  { webhook, skipped, fault }: Entry,
  secrets: Readonly<Record<string, string>>,
): Promise<Result> {
  if (webhook === undefined)
    return skipped === undefined
      ? { outcome: 'failed', reason: fault ?? '' }
      : { outcome: 'skipped', reason: skipped };
  const signed = withSecret(webhook, secrets);
  if (signed !== null) return importWebhook(api, signed);
  // A former run that knew the secret may have imported the Webhook.
  const found = await find(api, webhook.name);
  return found === null
    ? { outcome: 'failed', reason: secretMissing(webhook.name) }
    : compared(webhook, found);
}

async function importWebhook(api: Api, webhook: Webhook): Promise<Result> {
  try {
    const created = await callApi(api, 'POST', COLLECTION, webhook);
    const warnings = serverMessagesIn(JSON.stringify(created)).map(asText);
    return {
      outcome: 'created',
      ...(lacksTables(webhook) && { reason: 'without headers and data: Frappe leaves them out of lists' }),
      // What the API has checked need not be previewed.
      ...(warnings.length > 0 && { remarks: warnings }),
    };
  } catch (error) {
    if (!(error instanceof ApiRefusedError) || error.status !== CONFLICT) throw error;
    const found = await find(api, webhook.name);
    // The name is taken by something else, such as a subscription with this id.
    if (found === null) throw error;
    return compared(webhook, found);
  }
}

async function find(api: Api, name: string): Promise<Webhook | null> {
  const found = await getOrNull(api, `${COLLECTION}/${toPathSegment(name)}`);
  return found === null ? null : responseSchema.parse(found).data;
}

function compared(wanted: Webhook, found: Webhook): Result {
  const fields = differences(wanted, found);
  if (fields.length === 0) return { outcome: 'already there' };
  return { outcome: 'skipped', reason: `differs from the existing Webhook: ${fields.join(', ')}` };
}

const secretMissing = (name: string) =>
  `its secret is not in the export: put {${JSON.stringify(name)}: "…"} into a file and pass --secrets FILE`;

function frappeReason({ body, detail }: ApiRefusedError): string {
  const messages = serverMessagesIn(body);
  return messages.length > 0 ? messages.join('; ') : detail;
}
