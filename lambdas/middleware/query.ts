import type { MiddlewareObj } from '@middy/core';
import { ValidationError } from '../../core/kernel/errors.ts';
import { parametersOf, type Route } from '../../core/routes.ts';
import type { ApiEvent } from './request.ts';

/** Refuse a request with query parameters that its route does not have, and name all of them. */
export function knownParameters(row: Pick<Route, 'path' | 'query'>): MiddlewareObj<ApiEvent>[] {
  const known = parametersOf(row);
  if (known === 'lenient') return [];
  const before = ({ event }: { event: ApiEvent }) => {
    const unknown = Object.keys(event.queryStringParameters ?? {}).filter((name) => !known.includes(name));
    const message =
      known.length === 0
        ? 'is no parameter of this request, which takes none'
        : `is no parameter of this request, which takes ${known.join(', ')}`;
    if (unknown.length > 0) throw ValidationError.of(unknown.map((path) => ({ path, message })));
  };
  return [{ before }];
}
