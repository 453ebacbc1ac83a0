import { useLocation, useSearchParams } from 'wouter';
import type { Attempt } from '../../../client/index.ts';

/** The API finds an attempt by its own id and that of its event. */
export type AttemptName = Pick<Attempt, 'id' | 'eventId'>;

interface OpenAttempt {
  /** The attempt in the address, if there is one. */
  readonly open: AttemptName | undefined;
  /** The address of this page with an attempt's dialog. */
  hrefOf(attempt: AttemptName): string;
  show(attempt: AttemptName): void;
  close(): void;
}

/** Keep the attempt that a dialog shows in the address, so that a link opens it: `?event=evt_…&attempt=…`. */
export function useOpenAttempt(): OpenAttempt {
  const [path] = useLocation();
  const [search, setSearch] = useSearchParams();
  const [id, eventId] = [search.get('attempt'), search.get('event')];
  const set = (attempt: AttemptName | undefined) =>
    // The browser's back button closes the dialog. From one attempt to the next is no step back.
    setSearch((former) => searchWith(former, attempt), { replace: attempt === undefined || id !== null });
  return {
    open: id !== null && eventId !== null ? { id, eventId } : undefined,
    hrefOf: (attempt) => `${path}?${searchWith(search, attempt)}`,
    show: set,
    close: () => set(undefined),
  };
}

function searchWith(search: URLSearchParams, attempt: AttemptName | undefined): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('attempt');
  next.delete('event');
  if (attempt === undefined) return next;
  next.set('event', attempt.eventId);
  next.set('attempt', attempt.id);
  return next;
}
