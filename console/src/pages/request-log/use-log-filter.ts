import { useSearchParams } from 'wouter';
import type { ProjectAttemptFilter } from '../../api/attempt-lists.ts';

const NAMES = ['outcome', 'type', 'subscription', 'since', 'until'] as const;

interface LogFilter {
  /** As the address has it. */
  readonly filter: ProjectAttemptFilter;
  readonly isFiltered: boolean;
  clear(): void;
}

/** Return the filters of a request log, which are in the address. */
export function useLogFilter(): LogFilter {
  const [search, setSearch] = useSearchParams();
  const given = NAMES.flatMap((name) => {
    const value = search.get(name);
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  const { outcome, ...rest } = Object.fromEntries(given) as Partial<Record<(typeof NAMES)[number], string>>;
  return {
    filter: { ...rest, ...((outcome === 'success' || outcome === 'failure') && { outcome }) },
    isFiltered: given.length > 0,
    clear: () =>
      setSearch((former) => {
        const others = new URLSearchParams(former);
        for (const name of NAMES) others.delete(name);
        return others;
      }),
  };
}
