import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure, Loading } from './states.tsx';

interface QueryViewProps<T> {
  readonly query: UseQueryResult<T>;
  readonly lines?: number;
  children(data: T): ReactNode;
}

/** What a query answered; until then that it loads, or why it could not. What was there stays while it is asked anew. */
export function QueryView<T>({ query, lines, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} onRetry={() => query.refetch()} />;
  return <Loading {...(lines !== undefined && { lines })} />;
}
