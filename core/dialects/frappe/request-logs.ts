import type { Attempt } from '../../model/attempt.ts';
import type { Event } from '../../model/event.ts';
import type { FrappeVersion } from '../../model/project.ts';
import type { AttemptLog } from '../../ports/attempt-log.ts';
import type { EventStore } from '../../ports/event-store.ts';
import { allItems, type PageRequest } from '../../ports/page.ts';
import type { ProjectStore } from '../../ports/project-store.ts';
import { visibleAttempt } from '../../read/visible-attempt.ts';
import type { Caller } from './caller.ts';
import { DELIVERY_LOG, frappeTime, REQUEST_LOG } from './columns.ts';
import { FrappeError, NoSuchDocumentError, refusal } from './errors.ts';
import { frappeVersionOf } from './frappe-version.ts';
import { decidingColumns, inOrder, type ListQuery, passes, readListQuery, shown } from './list-query.ts';
import { newestFirst } from './newest-first.ts';
import { allWebhooks, findWebhook, type ReadWebhooksPorts } from './read-webhooks.ts';
import {
  type DeliveryLogRow,
  deliveryLogRow,
  type Located,
  locateRow,
  OF_EVENT,
  type RequestLogRow,
  requestLogRow,
} from './request-log-row.ts';
import { nameOf, withoutNulls } from './webhook-document.ts';

export interface RequestLogsPorts extends ReadWebhooksPorts {
  readonly attemptLog: Pick<AttemptLog, 'get' | 'last' | 'ofSubscription' | 'withNumber'>;
  readonly events: Pick<EventStore, 'get'>;
  readonly projects: Pick<ProjectStore, 'get'>;
}

/** A webhook whose requests are listed. */
interface Source {
  readonly subscriptionId: string;
  readonly webhook: string;
}

type Row = RequestLogRow | DeliveryLogRow;

interface Entry {
  readonly at: string;
  /** The same for all attempts of a delivery. */
  readonly delivery: string;
  readonly row: Row;
  /** Read those of these columns that need more than the attempt. */
  readonly complete: (columns: ReadonlySet<string>) => Promise<Row>;
}

/** The lists of all of them are read at the same time. */
const MAX_WEBHOOKS = 100;
const MAX_REQUESTS = 5000;
const PER_PAGE = { alone: 100, amongOthers: 10 };

/**
 * List the documents of the DocType `Webhook Request Log`: one row for each attempt, in Frappe 16 for each delivery. Its row is made of
 * the latest attempt, which comes first.
 */
export async function listRequestLogs(
  ports: RequestLogsPorts,
  caller: Caller,
  given: Readonly<Record<string, string | undefined>>,
): Promise<object[]> {
  const version = await frappeVersionOf(ports, caller.project);
  const query = readListQuery(version === 16 ? DELIVERY_LOG : REQUEST_LOG, given);
  const sources = await sourcesOf(ports, caller.project, query);
  const deciding = decidingColumns(query);
  const limit = sources.length === 1 ? PER_PAGE.alone : PER_PAGE.amongOthers;
  const read = (source: Source) => entriesOf({ ports, caller, version }, source, limit, deciding);
  const found = await take(newestFirst(sources.map(read)), query, version);
  const entries = inOrder(found, query, ({ row }) => row).slice(query.start, query.start + query.length);
  const columns = new Set([...deciding, ...query.fields.map(({ column }) => column)]);
  const isWhole = !isPartial(columns.difference(deciding));
  const whole = isWhole ? entries : await Promise.all(entries.map((entry) => completed(entry, columns)));
  return whole.map(({ row }) => shown(row, query));
}

export async function getRequestLog(ports: RequestLogsPorts, caller: Caller, name: string): Promise<object> {
  const { project } = caller;
  const located = locateRow(name);
  const version = await frappeVersionOf(ports, project);
  const attempt = located && (await attemptOf(ports, project, located, version));
  const subscription = attempt && (await ports.subscriptions.get(project, attempt.subscriptionId));
  if (!attempt || !subscription) throw new NoSuchDocumentError(REQUEST_LOG.doctype, name);
  const entry = entryOf({ ports, caller, version }, attempt, nameOf(subscription));
  const row = await entry.complete(new Set(Object.keys(DELIVERY_LOG.columns)));
  return { ...withoutNulls(row), doctype: REQUEST_LOG.doctype };
}

/** Return the attempt that a row is made of, with its exchange in full. */
async function attemptOf(
  { attemptLog }: RequestLogsPorts,
  project: string,
  located: Located,
  version: FrappeVersion,
): Promise<Attempt | null> {
  if (version === 15) return 'id' in located ? attemptLog.get(project, located) : null;
  const { eventId, subscriptionId } = located;
  const last = await attemptLog.last(project, eventId, subscriptionId);
  if (last === null) return null;
  const found = await attemptLog.withNumber(project, { eventId, subscriptionId, number: last.number });
  const latest = found.find(({ at }) => at === last.at);
  return latest === undefined ? null : attemptLog.get(project, latest);
}

/** @throws FrappeError */
export const refuseChange = async (): Promise<never> => {
  throw new FrappeError('PermissionError', [`${REQUEST_LOG.doctype} is read-only`]);
};

const needsEvent = (columns: ReadonlySet<string>) => OF_EVENT.some((column) => columns.has(column));
/** Whether one of these columns may need more than the attempt. */
const isPartial = (columns: ReadonlySet<string>) => needsEvent(columns) || columns.has('creation');

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

interface Reading {
  readonly ports: RequestLogsPorts;
  readonly caller: Caller;
  readonly version: FrappeVersion;
}

const entryOf = (
  { ports: { events, attemptLog }, caller: { project, mayManage }, version }: Reading,
  attempt: Attempt,
  webhook: string,
): Entry => {
  const { at, number, eventId, subscriptionId } = attempt;
  // Masked before the filters see it: they would let a caller guess it character by character.
  const visible = visibleAttempt(attempt, mayManage);
  const rowWith = (event: Event | null, createdAt: string): Row => {
    const row = requestLogRow(visible, webhook, event);
    return version === 16 ? deliveryLogRow(row, visible, createdAt) : row;
  };
  const firstAttemptAt = async (): Promise<string> => {
    const firsts = await attemptLog.withNumber(project, { eventId, subscriptionId, number: 1 });
    // A lost record leaves a gap.
    return firsts.reduce((earliest, first) => (first.at < earliest ? first.at : earliest), at);
  };
  const row = rowWith(null, at);
  return {
    at,
    delivery: `${subscriptionId} ${eventId}`,
    row,
    complete: async (columns) => {
      const [event, createdAt] = await Promise.all([
        needsEvent(columns) ? events.get(project, eventId) : null,
        version === 16 && number > 1 && columns.has('creation') ? firstAttemptAt() : at,
      ]);
      return event === null && createdAt === at ? row : rowWith(event, createdAt);
    },
  };
};

function entriesOf(
  reading: Reading,
  { subscriptionId, webhook }: Source,
  limit: number,
  columns: ReadonlySet<string>,
) {
  const read = async (page: PageRequest) => {
    const { items, cursor } = await reading.ports.attemptLog.ofSubscription(subscriptionId, page);
    const entries = items.map((attempt) => entryOf(reading, attempt, webhook));
    const isWhole = !isPartial(columns);
    return {
      items: isWhole ? entries : await Promise.all(entries.map((entry) => completed(entry, columns))),
      cursor,
    };
  };
  return allItems(limit, read);
}

const completed = async (entry: Entry, columns: ReadonlySet<string>): Promise<Entry> => ({
  ...entry,
  row: await entry.complete(columns),
});

/** Return the entries that pass, no more than are asked for. @throws FrappeError if too many would have to be read */
async function take(
  entries: AsyncIterable<Entry>,
  query: ListQuery,
  version: FrappeVersion,
): Promise<Entry[]> {
  const found: Entry[] = [];
  const deliveries = new Set<string>();
  const enough = query.start + query.length;
  const newestBy = timeOfOrder(query);
  const oldest = oldestOf(query);
  let seen = 0;
  for await (const entry of entries) {
    seen++;
    if (seen > MAX_REQUESTS)
      throw refusal(
        `More than ${MAX_REQUESTS} requests would have to be read: filter by "webhook" and "creation"`,
      );
    // Every time of this row and of those that follow is this at the latest.
    const latest = frappeTime(entry.at);
    if (latest < oldest) break;
    if (version === 16 && deliveries.has(entry.delivery)) continue;
    deliveries.add(entry.delivery);
    if (passes(entry.row, query)) found.push(entry);
    if (newestBy === null || found.length < enough) continue;
    if (found.filter(({ row }) => (row[newestBy] ?? '') >= latest).length >= enough) break;
  }
  return found;
}

const TIMES = ['creation', 'modified'] as const;

/** Return the time by which rows are ordered, the newest first; null if they are ordered differently. */
const timeOfOrder = ({ orders: [first, second] }: ListQuery) =>
  second === undefined && first?.descending === true
    ? (TIMES.find((column) => column === first.column) ?? null)
    : null;

/** Return the time before which no entry passes the filters. */
function oldestOf({ filters }: ListQuery): string {
  const bounds = filters.filter(
    ({ column, operator }) =>
      TIMES.some((time) => time === column) && ['>', '>=', '=', 'between'].includes(operator),
  );
  return bounds.map(({ values: [from = ''] }) => String(from)).reduce((a, b) => (a > b ? a : b), '');
}
