import type { Attempt } from '../../model/attempt.ts';
import type { AttemptLog } from '../../ports/attempt-log.ts';
import type { EventStore } from '../../ports/event-store.ts';
import { allItems, type PageRequest } from '../../ports/page.ts';
import { visibleAttempt } from '../../read/visible-attempt.ts';
import type { Caller } from './caller.ts';
import { REQUEST_LOG } from './columns.ts';
import { FrappeError, NoSuchDocumentError, refusal } from './errors.ts';
import { decidingColumns, inOrder, type ListQuery, passes, readListQuery, shown } from './list-query.ts';
import { newestFirst } from './newest-first.ts';
import { allWebhooks, findWebhook, type ReadWebhooksPorts } from './read-webhooks.ts';
import { locateRow, OF_EVENT, type RequestLogRow, requestLogRow } from './request-log-row.ts';
import { nameOf, withoutNulls } from './webhook-document.ts';

export interface RequestLogsPorts extends ReadWebhooksPorts {
  readonly attemptLog: Pick<AttemptLog, 'get' | 'ofSubscription'>;
  readonly events: Pick<EventStore, 'get'>;
}

/** A webhook whose requests are listed. */
interface Source {
  readonly subscriptionId: string;
  readonly webhook: string;
}

interface Entry {
  readonly at: string;
  readonly row: RequestLogRow;
  /** Read the columns of the row that only the event has. */
  readonly complete: () => Promise<RequestLogRow>;
}

/** The lists of all of them are read at the same time. */
const MAX_WEBHOOKS = 100;
const MAX_REQUESTS = 5000;
const PER_PAGE = { alone: 100, amongOthers: 10 };

/** List the documents of the DocType `Webhook Request Log`: one row for each attempt. */
export async function listRequestLogs(
  ports: RequestLogsPorts,
  caller: Caller,
  given: Readonly<Record<string, string | undefined>>,
): Promise<object[]> {
  const query = readListQuery(REQUEST_LOG, given);
  const sources = await sourcesOf(ports, caller.project, query);
  const isDecidedByEvent = needsEvent(decidingColumns(query));
  const limit = sources.length === 1 ? PER_PAGE.alone : PER_PAGE.amongOthers;
  const found = await take(
    newestFirst(sources.map((source) => entriesOf(ports, caller, source, limit, isDecidedByEvent))),
    query,
  );
  const entries = inOrder(found, query, ({ row }) => row).slice(query.start, query.start + query.length);
  const isShown = needsEvent(query.fields.map(({ column }) => column));
  const whole = isShown && !isDecidedByEvent ? await Promise.all(entries.map(completed)) : entries;
  return whole.map(({ row }) => shown(row, query));
}

export async function getRequestLog(ports: RequestLogsPorts, caller: Caller, name: string): Promise<object> {
  const { project } = caller;
  const located = locateRow(name);
  const attempt = located && (await ports.attemptLog.get(project, located));
  const subscription = attempt && (await ports.subscriptions.get(project, attempt.subscriptionId));
  if (!attempt || !subscription) throw new NoSuchDocumentError(REQUEST_LOG.doctype, name);
  const row = await entryOf(ports, caller, attempt, nameOf(subscription)).complete();
  return { ...withoutNulls(row), doctype: REQUEST_LOG.doctype };
}

/** @throws FrappeError */
export const refuseChange = async (): Promise<never> => {
  throw new FrappeError('PermissionError', [`${REQUEST_LOG.doctype} is read-only`]);
};

const needsEvent = (columns: Iterable<string>) => [...columns].some((column) => OF_EVENT.includes(column));

/** Return the webhooks whose names pass the filters on the column `webhook`. */
async function sourcesOf(
  ports: RequestLogsPorts,
  project: string,
  { filters: all }: ListQuery,
): Promise<Source[]> {
  const filters = all.filter(({ column }) => column === 'webhook');
  const [name] = filters.find(({ operator }) => operator === '=')?.values ?? [];
  const found =
    name === undefined
      ? await allWebhooks(ports, project)
      : [await findWebhook(ports, project, String(name))].filter((webhook) => webhook !== null);
  const sources = found
    .map(({ subscription }) => ({ subscriptionId: subscription.id, webhook: nameOf(subscription) }))
    .filter(({ webhook }) => passes({ webhook }, { filters, orFilters: [] }));
  if (sources.length <= MAX_WEBHOOKS) return sources;
  throw refusal(`There are more than ${MAX_WEBHOOKS} webhooks: filter by "webhook"`);
}

const entryOf = (
  { events }: RequestLogsPorts,
  { project, mayManage }: Caller,
  attempt: Attempt,
  webhook: string,
): Entry => {
  // Masked before the filters see it: they would let a caller guess it character by character.
  const visible = visibleAttempt(attempt, mayManage);
  return {
    at: attempt.at,
    row: requestLogRow(visible, webhook, null),
    complete: async () => requestLogRow(visible, webhook, await events.get(project, attempt.eventId)),
  };
};

function entriesOf(
  ports: RequestLogsPorts,
  caller: Caller,
  { subscriptionId, webhook }: Source,
  limit: number,
  whole: boolean,
) {
  const read = async (page: PageRequest) => {
    const { items, cursor } = await ports.attemptLog.ofSubscription(subscriptionId, page);
    const entries = items.map((attempt) => entryOf(ports, caller, attempt, webhook));
    return { items: whole ? await Promise.all(entries.map(completed)) : entries, cursor };
  };
  return allItems(limit, read);
}

const completed = async (entry: Entry): Promise<Entry> => ({ ...entry, row: await entry.complete() });

/** Return the entries that pass, no more than are asked for. @throws FrappeError if too many would have to be read */
async function take(entries: AsyncIterable<Entry>, query: ListQuery): Promise<Entry[]> {
  const found: Entry[] = [];
  const enough = isNewestFirst(query) ? query.start + query.length : Number.POSITIVE_INFINITY;
  const oldest = oldestOf(query);
  let seen = 0;
  for await (const entry of entries) {
    seen++;
    if (seen > MAX_REQUESTS)
      throw refusal(
        `More than ${MAX_REQUESTS} requests would have to be read: filter by "webhook" and "creation"`,
      );
    if ((entry.row.creation ?? '') < oldest) break;
    if (passes(entry.row, query)) found.push(entry);
    if (found.length >= enough) break;
  }
  return found;
}

const TIMES = ['creation', 'modified'];

const isNewestFirst = ({ orders: [first, second] }: ListQuery) =>
  second === undefined && first?.descending === true && TIMES.includes(first.column);

/** Return the time before which no entry passes the filters. */
function oldestOf({ filters }: ListQuery): string {
  const bounds = filters.filter(
    ({ column, operator }) => TIMES.includes(column) && ['>', '>=', '=', 'between'].includes(operator),
  );
  return bounds.map(({ values: [from = ''] }) => String(from)).reduce((a, b) => (a > b ? a : b), '');
}
