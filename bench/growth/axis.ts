import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import type { FunctionName } from './environment.ts';
import type { FunctionProcess } from './function-process.ts';
import type { Site } from './site.ts';

/** A quantity that grows, and the steps that are measured at each size. */
export interface Axis {
  readonly title: string;
  /** Prefix of the names of its tables. */
  readonly name: string;
  readonly across: string;
  readonly sizes: readonly number[];
  /** The size that the largest is compared with: the smallest with the same kinds of work as the largest. */
  readonly reference: number;
  /** Return the number of deliveries per event at a size. */
  readonly perEvent: (size: number) => number;
  /** Fill a table up to a size. */
  load(table: DataTable, size: number, sinkUrl: string): Promise<void>;
  readonly steps: readonly Step[];
}

export type Workers = Readonly<Record<FunctionName, FunctionProcess>>;

/** The work of one function, measured from its first invocation to its last. */
export interface Step {
  readonly name: string;
  readonly of: FunctionName;
  /** Unit that the figures refer to. */
  readonly per: 'delivery' | 'page' | 'sweep';
  /** Execute the step and return the number of units. */
  run(site: Site, workers: Workers, at: Round): Promise<number>;
}

export interface Round {
  readonly size: number;
  /** Prefix of the ids of the round's events. */
  readonly name: string;
  /** Minimum number of deliveries per round. */
  readonly deliveries: number;
  /** Whether the round only warms the functions up. Such rounds publish the same events at each size. */
  readonly isWarmUp: boolean;
}
