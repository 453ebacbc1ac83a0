/** A route key and its target. */
export interface Route<T> {
  readonly routeKey: string;
  readonly target: T;
}

export interface Match<T> extends Route<T> {
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface CompiledRoute<T> extends Route<T> {
  readonly method: string;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly kind: 'static' | 'parameter' | 'greedy';
  /** Text of a static segment, or name of a parameter. */
  readonly text: string;
}

const KINDS = ['static', 'parameter', 'greedy'] as const;

/**
 * Selects a route as an HTTP API does: a full match before a greedy one (`{proxy+}`) before `$default`. Among full
 * matches, the first differing segment decides, where static text precedes a parameter.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export class RouteTable<T> {
  readonly #routes: readonly CompiledRoute<T>[];
  readonly #default: Route<T> | undefined;

  constructor(routes: readonly Route<T>[]) {
    this.#default = routes.find(({ routeKey }) => routeKey === '$default');
    this.#routes = routes
      .filter(({ routeKey }) => routeKey !== '$default')
      .map(compile)
      .sort(byPrecedence);
  }

  /** @param path decoded: what was an encoded slash separates segments */
  match(method: string, path: string): Match<T> | undefined {
    for (const route of this.#routes) {
      if (route.method !== method && route.method !== 'ANY') continue;
      const pathParameters = matchSegments(route.segments, path.split('/').slice(1));
      if (pathParameters) return { routeKey: route.routeKey, target: route.target, pathParameters };
    }
    return this.#default && { ...this.#default, pathParameters: {} };
  }
}

function compile<T>({ routeKey, target }: Route<T>): CompiledRoute<T> {
  const [method = '', path = ''] = routeKey.split(' ');
  const segments = path
    .split('/')
    .slice(1)
    .map((text): Segment => {
      const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(text) ?? [];
      if (name === undefined) return { kind: 'static', text };
      return { kind: plus === '+' ? 'greedy' : 'parameter', text: name };
    });
  return { routeKey, target, method, segments };
}

function byPrecedence(a: CompiledRoute<unknown>, b: CompiledRoute<unknown>): number {
  const isGreedy = (route: CompiledRoute<unknown>) => Number(route.segments.at(-1)?.kind === 'greedy');
  if (isGreedy(a) !== isGreedy(b)) return isGreedy(a) - isGreedy(b);
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (other === undefined) break;
    const difference = KINDS.indexOf(segment.kind) - KINDS.indexOf(other.kind);
    if (difference !== 0) return difference;
  }
  // Of two greedy routes, the longer one has the longer prefix. Full matches of the same path have equal lengths.
  return b.segments.length - a.segments.length || Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function matchSegments(
  segments: readonly Segment[],
  path: readonly string[],
): Record<string, string> | undefined {
  const isGreedy = segments.at(-1)?.kind === 'greedy';
  if (isGreedy ? path.length < segments.length : path.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, { kind, text }] of segments.entries()) {
    const value = kind === 'greedy' ? path.slice(index).join('/') : (path[index] ?? '');
    if (kind === 'static' ? value !== text : value === '') return undefined;
    if (kind !== 'static') parameters[text] = value;
  }
  return parameters;
}
