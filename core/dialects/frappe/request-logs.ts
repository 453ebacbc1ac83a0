import type { Attempt } from '../../model/attempt.ts';
import type { AttemptLog } from '../../ports/attempt-log.ts';
import type { EventStore } from '../../ports/event-store.ts';
import type { Page } from '../../ports/page.ts';
import { REQUEST_LOG } from './columns.ts';
import { FrappeError, refusal } from './errors.ts';
import { decidingColumns, inOrder, type ListQuery, passes, readListQuery, shown } from './list-query.ts';
import { newestFirst } from './newest-first.ts';
import type { ReadWebhooks } from './read-webhooks.ts';
import { locateRow, OF_EVENT, type RequestLogRow, requestLogRow } from './request-log-row.ts';
import type { Resource } from './resource.ts';
import { nameOf, withoutNulls } from './webhook-document.ts';

export interface RequestLogsDependencies {
  readonly readWebhooks: ReadWebhooks;
  readonly attempts: Pick<AttemptLog, 'get' | 'ofSubscription'>;
  readonly events: Pick<EventStore, 'get'>;
}

/** A webhook whose requests are wanted. */
interface Source {
  readonly subscriptionId: string;
  readonly webhook: string;
}

interface Entry {
  readonly at: string;
  readonly row: RequestLogRow;
  /** The row with what only the event knows. */
  readonly complete: () => Promise<RequestLogRow>;
}

/** Each is asked for its latest requests at once. */
const MOST_WEBHOOKS = 100;
const MOST_REQUESTS = 5000;
const PER_PAGE = { alone: 100, amongOthers: 10 };

/** The DocType `Webhook Request Log`: one row an attempt. It is written by what happens alone. */
export function requestLogs({ readWebhooks, attempts, events }: RequestLogsDependencies): Resource {
  /** Webhooks whose name fits what is said of the column `webhook`. */
  const sourcesOf = async (project: string, { filters }: ListQuery): Promise<Source[]> => {
    const said = filters.filter(({ column }) => column === 'webhook');
    const [name] = said.find(({ operator }) => operator === '=')?.values ?? [];
    const found =
      name === undefined
        ? await readWebhooks.all(project)
        : [await readWebhooks.find(project, String(name))].filter((webhook) => webhook !== null);
    const sources = found
      .map(({ subscription }) => ({ subscriptionId: subscription.id, webhook: nameOf(subscription) }))
      .filter((source) => passes({ webhook: source.webhook }, { filters: said, orFilters: [] }));
    if (sources.length <= MOST_WEBHOOKS) return sources;
    throw refusal(`There are more than ${MOST_WEBHOOKS} webhooks: filter by "webhook"`);
  };

  const entryOf = (project: string, attempt: Attempt, webhook: string): Entry => ({
    at: attempt.at,
    row: requestLogRow(attempt, webhook, null),
    complete: async () => requestLogRow(attempt, webhook, await events.get(project, attempt.eventId)),
  });

  async function* entriesOf(
    project: string,
    { subscriptionId, webhook }: Source,
    limit: number,
    whole: boolean,
  ) {
    let cursor: string | null = null;
    do {
      const page: Page<Attempt> = await attempts.ofSubscription(subscriptionId, { limit, cursor });
      const entries = page.items.map((attempt) => entryOf(project, attempt, webhook));
      yield* whole ? await Promise.all(entries.map(completed)) : entries;
      cursor = page.cursor;
    } while (cursor !== null);
  }

  const refuseChange = async (): Promise<never> => {
    throw new FrappeError('PermissionError', [`${REQUEST_LOG.doctype} is written by Ancrage alone`]);
  };

  return {
    async list({ project }, given) {
      const query = readListQuery(REQUEST_LOG, given);
      const sources = await sourcesOf(project, query);
      const needsEvent = (columns: Iterable<string>) =>
        [...columns].some((column) => OF_EVENT.includes(column));
      const isDecidedByEvent = needsEvent(decidingColumns(query));
      const limit = sources.length === 1 ? PER_PAGE.alone : PER_PAGE.amongOthers;
      const found = await take(
        newestFirst(sources.map((source) => entriesOf(project, source, limit, isDecidedByEvent))),
        query,
      );
      const entries = inOrder(found, query, ({ row }) => row).slice(query.start, query.start + query.length);
      const isShown = needsEvent(query.fields.map(({ column }) => column));
      const whole = isShown && !isDecidedByEvent ? await Promise.all(entries.map(completed)) : entries;
      return whole.map(({ row }) => shown(row, query));
    },

    async get({ project }, name) {
      const located = locateRow(name);
      const attempt = located && (await attempts.get(project, located));
      const webhook = attempt && (await readWebhooks.nameOfId(project, attempt.subscriptionId));
      if (!attempt || !webhook)
        throw new FrappeError('DoesNotExistError', [`${REQUEST_LOG.doctype} ${name} not found`]);
      const row = await entryOf(project, attempt, webhook).complete();
      return { ...withoutNulls(row), doctype: REQUEST_LOG.doctype };
    },

    create: refuseChange,
    update: refuseChange,
    remove: refuseChange,
  };
}

const completed = async (entry: Entry): Promise<Entry> => ({ ...entry, row: await entry.complete() });

/** Those that pass, and no more of them than are wanted. @throws FrappeError if too many would be looked at */
async function take(entries: AsyncIterable<Entry>, query: ListQuery): Promise<Entry[]> {
  const found: Entry[] = [];
  const enough = isNewestFirst(query) ? query.start + query.length : Number.POSITIVE_INFINITY;
  const oldest = oldestOf(query);
  let seen = 0;
  for await (const entry of entries) {
    seen++;
    if (seen > MOST_REQUESTS)
      throw refusal(
        `More than ${MOST_REQUESTS} requests would be looked at: filter by "webhook" and "creation"`,
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

/** What is older than this passes no filter. */
function oldestOf({ filters }: ListQuery): string {
  const bounds = filters.filter(
    ({ column, operator }) => TIMES.includes(column) && ['>', '>=', '=', 'between'].includes(operator),
  );
  return bounds.map(({ values: [from = ''] }) => String(from)).reduce((a, b) => (a > b ? a : b), '');
}
