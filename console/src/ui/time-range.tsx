import { lazy, Suspense, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useText } from '../i18n/language.tsx';
import { useTimes } from '../i18n/times.tsx';
import { Icon } from './icon.tsx';
import type { TimeRange } from './range.ts';
import { rangeMessages } from './range-messages.ts';

const RangePanel = lazy(() => import('./aria/range-panel.tsx'));

/** A filter by time, chosen in the user's zone. The address has it in UTC, so that a link shows everybody the same. */
export function TimeRangeFilter() {
  const t = useText(rangeMessages);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useSearchParams();
  const range: TimeRange = { since: timeIn(search, 'since'), until: timeIn(search, 'until') };
  const text = useRangeText(range);
  function apply({ since, until }: TimeRange) {
    setOpen(false);
    setSearch(
      (former) => {
        const next = new URLSearchParams(former);
        for (const [name, time] of Object.entries({ since, until }))
          if (time === undefined) next.delete(name);
          else next.set(name, time);
        return next;
      },
      { replace: true },
    );
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="choice-button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="clock" />
        <span className="visually-hidden">{t('time')}: </span>
        {text}
        <Icon name="unfold" />
      </button>
      {isOpen && (
        <Suspense>
          <RangePanel range={range} trigger={button} onApply={apply} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Read a time of the address, and ignore what is none. */
function timeIn(search: URLSearchParams, name: string): string | undefined {
  const at = Date.parse(search.get(name) ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

function useRangeText({ since, until }: TimeRange): string {
  const t = useText(rangeMessages);
  const { brief, range } = useTimes();
  if (since !== undefined && until !== undefined) return range(since, until);
  if (since !== undefined) return t('from', { at: brief(since) });
  if (until !== undefined) return t('to', { at: brief(until) });
  return t('any');
}
