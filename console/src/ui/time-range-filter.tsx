import { useSearchParams } from 'wouter';
import { TimeRangeChoice } from './time-range.tsx';

/** A filter by time. The address has it in UTC, so that a link shows everybody the same. */
export function TimeRangeFilter() {
  const [search, setSearch] = useSearchParams();
  return (
    <TimeRangeChoice
      range={{ since: timeIn(search, 'since'), until: timeIn(search, 'until') }}
      onChange={({ since, until }) =>
        setSearch(
          (former) => {
            const next = new URLSearchParams(former);
            for (const [name, time] of Object.entries({ since, until }))
              if (time === undefined) next.delete(name);
              else next.set(name, time);
            return next;
          },
          { replace: true },
        )
      }
    />
  );
}

/** Read a time of the address, and ignore what is none. */
function timeIn(search: URLSearchParams, name: string): string | undefined {
  const at = Date.parse(search.get(name) ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
