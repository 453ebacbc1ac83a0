import { ATTRIBUTE } from '../../contract.ts';
import type { Job, JobKind } from '../../model/job.ts';
import { filteredPage } from '../../ports/filtered-page.ts';
import type { JobFilter, JobList } from '../../ports/job-list.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { toDueWork } from './due-work.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { mergePages, type Placed } from './log-index.ts';
import { type DataTable, getAllItems, type Item, isAlive, MOST_AT_ONCE, queryCollection } from './table.ts';

/** The beginnings of the sort keys that list jobs in their project's partition. A ULID follows, by which both kinds are merged. */
const LISTED = {
  replay: `${PREFIX.replayOfProject}job_`,
  erasure: `${PREFIX.erasure}era_`,
} as const satisfies Record<JobKind, string>;

/**
 * Create the list of jobs. An erasure is stored in its project's partition. A replay is stored with its subscription, and has an entry
 * there that says which one.
 */
export function jobList(table: DataTable): JobList {
  const readKind = async (
    project: string,
    kind: JobKind,
    { limit, cursor }: PageRequest,
  ): Promise<Page<Placed<Item>>> => {
    const prefix = LISTED[kind];
    const collection = { partition: PARTITION.project(project), prefix, order: 'newest first' } as const;
    const page = await queryCollection(table, collection, { limit, cursor: cursor && prefix + cursor });
    const ulidOf = (sortKey: string) => sortKey.slice(prefix.length);
    return {
      items: page.items.map((entry) => ({ entry, position: ulidOf(entry[ATTRIBUTE.sortKey] as string) })),
      cursor: page.cursor && ulidOf(page.cursor),
    };
  };

  /** Return the jobs of entries, without those that are gone. */
  const jobsOf = async (entries: readonly Placed<Item>[]): Promise<Placed<Job>[]> => {
    const replays = entries.filter(({ entry }) => entry.subscriptionId !== undefined);
    const found = await getAllItems(
      table,
      replays.map(({ entry }) => KEY.replayJob(entry.subscriptionId as string, entry.id as string)),
    );
    const replayed = new Map(replays.map(({ position }, index) => [position, found[index]]));
    return entries.flatMap(({ entry, position }) => {
      const item = entry.subscriptionId === undefined ? entry : replayed.get(position);
      return isAlive(item, table) ? [{ entry: toJob(item), position }] : [];
    });
  };

  return {
    async list(project, page, filter) {
      const read = async (part: PageRequest): Promise<Page<Placed<Job>>> => {
        const pages = await Promise.all(filter.kinds.map((kind) => readKind(project, kind, part)));
        const { items, cursor } = mergePages(pages, part.limit, 'newest first');
        return { items: (await jobsOf(items)).filter(({ entry }) => passes(entry, filter)), cursor };
      };
      const atOnce = filter.state === undefined ? page.limit : MOST_AT_ONCE;
      const { items, cursor } = await filteredPage(page, read, ({ position }) => position, atOnce);
      return { items: items.map(({ entry }) => entry), cursor };
    },
  };
}

const passes = ({ job }: Job, { state, since }: JobFilter): boolean =>
  job.state === (state ?? job.state) && job.requestedAt >= since;

function toJob(item: Item): Job {
  const work = toDueWork(item);
  if (work.kind === 'replay' || work.kind === 'erasure') return work as Job;
  throw new Error(`A ${work.kind} is among the jobs.`);
}
