import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { PAUSE_MS } from './use-paused.ts';

type Filter = [value: string, set: (value: string) => void];

/** A filter of the page, kept in the address so that a link shows the same view. */
export function useFilter(name: string): Filter {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setSearch(
        (former) => {
          const next = new URLSearchParams(former);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [name, setSearch],
  );
  return [search.get(name) ?? '', set];
}

/** A filter that is typed: the address, and with it the requests, follow once typing pauses. */
export function useTypedFilter(name: string): Filter {
  const [value, setValue] = useFilter(name);
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(() => {
      setValue(typed);
      setTyped(undefined);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, setValue]);
  return [typed ?? value, setTyped];
}
