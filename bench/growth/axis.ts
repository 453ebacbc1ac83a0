import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import type { FunctionName } from './environment.ts';
import type { FunctionProcess } from './function-process.ts';
import type { Site } from './site.ts';

/** Something that grows, and what is done at each of its sizes. */
export interface Axis {
  readonly title: string;
  /** Begins the names of its tables. */
  readonly name: string;
  readonly across: string;
  readonly sizes: readonly number[];
  /** The size with which the largest is compared: the least at which all work is the same as at the largest. */
  readonly reference: number;
  /** Deliveries that an event makes at a size. */
  readonly perEvent: (size: number) => number;
  /** Brings a table to a size. */
  load(table: DataTable, size: number, sinkUrl: string): Promise<void>;
  readonly steps: readonly Step[];
}

export type Workers = Readonly<Record<FunctionName, FunctionProcess>>;

/** What one function does, measured from the first of its invocations to the last. */
export interface Step {
  readonly name: string;
  readonly of: FunctionName;
  /** What its figures are for one of. */
  readonly per: 'delivery' | 'page' | 'sweep';
  /** How many of these it makes. */
  run(site: Site, workers: Workers, at: Round): Promise<number>;
}

export interface Round {
  readonly size: number;
  /** Begins the ids of the round's events. */
  readonly name: string;
  /** That each round makes, at the least. */
  readonly deliveries: number;
  /** What is published to compile the functions before anything is measured is the same at each size. */
  readonly isWarmUp: boolean;
}
