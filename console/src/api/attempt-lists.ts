import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Attempt } from '../../../client/index.ts';
import { useSession } from '../session/session.tsx';
import { unwrap } from './api-error.ts';
import type { Page } from './use-pages.ts';

type Outcome = Attempt['outcome'];

export interface AttemptFilter {
  readonly outcome?: Outcome;
  /** Exactly this type. */
  readonly type?: string;
  /** ISO 8601. */
  readonly since?: string;
  readonly until?: string;
}

export interface ProjectAttemptFilter extends AttemptFilter {
  /** ID of a subscription. */
  readonly subscription?: string;
}

export type AttemptPages<Each extends Attempt> = ReturnType<typeof useLiveList<Each>>;

const PAGE = 100;
const LIVE_MS = 2_500;

/**
 * Load the request log of a project, newest first, filtered by the API. An attempt appears once the invocation that made it
 * has ended, and in rare cases not at all.
 *
 * @param live poll for new attempts
 */
export function useProjectAttempts(filter: ProjectAttemptFilter, live: boolean) {
  const { reader, project } = useSession();
  return useLiveList({
    key: [project, 'attempts', filter],
    live,
    load: (cursor, signal) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/attempts', {
          params: { path: { project }, query: { limit: PAGE, ...filter, ...(cursor && { cursor }) } },
        }),
      ),
  });
}

/** Load the request log of a subscription, newest first, which has every attempt at once. */
export function useSubscriptionAttempts(id: string, filter: AttemptFilter, live: boolean) {
  const { reader, project } = useSession();
  return useLiveList({
    key: [project, 'subscriptions', id, 'attempts', filter],
    live,
    load: (cursor, signal) =>
      unwrap(
        reader(signal).GET('/v1/projects/{project}/subscriptions/{id}/attempts', {
          params: { path: { project, id }, query: { limit: PAGE, ...filter, ...(cursor && { cursor }) } },
        }),
      ),
  });
}

interface LiveList<Each> {
  readonly key: readonly unknown[];
  readonly live: boolean;
  load(cursor: string | undefined, signal: AbortSignal): Promise<Page<Each>>;
}

/**
 * Load a list of attempts. `isScanning` says that a filter finds so little that further pages are loaded on request. Only the
 * list's head is polled: the pages below it, perhaps thousands of attempts, do not change.
 */
function useLiveList<Each extends Attempt>({ key, live, load }: LiveList<Each>) {
  const queries = useQueryClient();
  const pages = useInfiniteQuery({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    // The head has what is new.
    refetchOnReconnect: false,
  });
  const isShown = useShownFor(LIVE_MS, pages.isSuccess);
  const head = useQuery({
    queryKey: [...key, 'head'],
    // The first page has just been loaded.
    enabled: live && isShown,
    gcTime: 0,
    refetchInterval: LIVE_MS,
    queryFn: ({ signal }) => load(undefined, signal),
  });
  const loaded = useMemo(() => pages.data?.pages.flatMap(({ data }) => data) ?? [], [pages.data]);
  const items = useMemo(() => withHead(head.data, loaded), [head.data, loaded]);
  const hasGap = items === undefined;
  useEffect(() => {
    if (hasGap) void queries.resetQueries({ queryKey: key });
  });
  const last = pages.data?.pages.at(-1)?.data.length ?? 0;
  return { ...pages, items: items ?? loaded, isScanning: pages.hasNextPage && !isFilled(last) };
}

/** The API looks at a limited number of attempts for a page. With a filter that finds little, a page is short, or even empty. */
const isFilled = (length: number): boolean => length > PAGE / 2;

/** Return whether something has been shown for so many milliseconds. */
function useShownFor(ms: number, isShown: boolean): boolean {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => setDue(true), ms);
    return () => {
      clearTimeout(timer);
      setDue(false);
    };
  }, [ms, isShown]);
  return isDue && isShown;
}

/**
 * Add the new attempts of the head to the loaded ones. Undefined if some may be missing in between, because more arrived at
 * once than the head has: the list starts over.
 */
function withHead<Each extends Attempt>(
  head: Page<Each> | undefined,
  loaded: readonly Each[],
): readonly Each[] | undefined {
  if (head === undefined) return loaded;
  const known = new Set(loaded.map(({ id }) => id));
  const fresh = head.data.filter(({ id }) => !known.has(id));
  // The cursor of a short page says nothing about a gap.
  if (isFilled(head.data.length) && head.cursor !== null && fresh.length === head.data.length)
    return undefined;
  if (fresh.length === 0) return loaded;
  // A project's list may get an attempt after a later one.
  return [...fresh, ...loaded].toSorted((a, b) => b.at.localeCompare(a.at));
}
