import type { ReactNode } from 'react';
import { Failure, Loading } from './states.tsx';

interface QueryViewProps<T> {
  readonly query: {
    readonly data: T | undefined;
    readonly error: Error | null;
    refetch(): unknown;
  };
  readonly lines?: number;
  children(data: T): ReactNode;
}

/** Render a query's data, its error or a loading state. Data stays on screen while the query refetches. */
export function QueryView<T>({ query, lines, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} onRetry={() => query.refetch()} />;
  return <Loading {...(lines !== undefined && { lines })} />;
}
