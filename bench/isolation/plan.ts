import { freePort } from '../../local/engines/free-port.ts';
import type { BenchStack } from '../bench-stack.ts';
import { ENDPOINT } from '../endpoints.ts';

export type Option = 'endpoints' | 'rate' | 'seconds' | 'rounds' | 'lanes' | 'hang' | 'refuse';
export type Options = Readonly<Record<Option, number>>;

export type Kind = 'all well' | 'some bad';
/** Timeout of the subscriptions, at which half of the local stack's instances wait for hanging endpoints at once. */
export const TIMEOUT_SECONDS = 5;
/** After so many answers an endpoint that was unknown gets its requests directly (docs/adr/0019-flow-control.md). */
export const ANSWERS = 3;

export interface Endpoint {
  /** Of its subscription. */
  readonly id: string;
  /** The event type that only it gets. */
  readonly type: string;
  readonly answers: boolean;
}

/** A run with its own subscriptions, which have no requests yet. */
export interface Plan {
  readonly name: string;
  readonly kind: Kind;
  readonly endpoints: readonly Endpoint[];
  /** The endpoints from this one on are healthy in both kinds of run. */
  readonly healthyFrom: number;
  readonly rate: number;
  readonly seconds: number;
}

/** Subscribe the endpoints of a run. */
export async function plan(stack: BenchStack, options: Options, name: string, kind: Kind): Promise<Plan> {
  const { rate, seconds } = options;
  const closed = `http://127.0.0.1:${await freePort()}/`;
  const hanging = Math.round((options.endpoints * options.hang) / 100);
  const healthyFrom = hanging + Math.round((options.endpoints * options.refuse) / 100);
  const endpoints: Endpoint[] = [];
  for (let n = 0; n < options.endpoints; n++) {
    const isWell = kind === 'all well' || n >= healthyFrom;
    const path = isWell ? ENDPOINT.well() : ENDPOINT.after(ANSWERS, ENDPOINT.hanging());
    const answers = isWell || n < hanging;
    const url = answers ? stack.traffic.url(`${path}/${name}/${n}`) : closed;
    const type = `load.${name}.e${n}`;
    const id = await stack.subscribe(url, [type], { timeoutSeconds: TIMEOUT_SECONDS });
    endpoints.push({ id, type, answers });
  }
  return { name, kind, endpoints, healthyFrom, rate, seconds };
}
