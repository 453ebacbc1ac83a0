import { useSearchParams } from 'wouter';
import type { Attempt } from '../../../client/index.ts';

/** The API finds an attempt by its own id and that of its event. */
export type AttemptName = Pick<Attempt, 'id' | 'eventId'>;

interface OpenAttempt {
  /** The attempt in the address, if there is one. */
  readonly open: AttemptName | undefined;
  show(attempt: AttemptName): void;
  close(): void;
}

/** Keep the attempt that a dialog shows in the address, so that a link opens it: `?event=evt_…&attempt=…`. */
export function useOpenAttempt(): OpenAttempt {
  const [search, setSearch] = useSearchParams();
  const [id, eventId] = [search.get('attempt'), search.get('event')];
  const set = (attempt: AttemptName | undefined) =>
    setSearch(
      (former) => {
        const next = new URLSearchParams(former);
        next.delete('attempt');
        next.delete('event');
        if (attempt !== undefined) {
          next.set('event', attempt.eventId);
          next.set('attempt', attempt.id);
        }
        return next;
      },
      // The browser's back button closes the dialog. From one attempt to the next is no step back.
      { replace: attempt === undefined || id !== null },
    );
  return {
    open: id !== null && eventId !== null ? { id, eventId } : undefined,
    show: set,
    close: () => set(undefined),
  };
}
