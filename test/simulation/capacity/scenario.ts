import type { World, WorldOptions } from './world.ts';

export type Figures = Readonly<Record<string, number>>;

/** A condition on a scenario's figures. */
interface Invariant<Measured extends Figures> {
  readonly says: string;
  readonly holds: (figures: Measured) => boolean;
}

/** One thing that happens to a stage, and what it must look like from outside. */
export interface Scenario<Measured extends Figures = Figures> {
  readonly name: string;
  readonly about: string;
  readonly world?: WorldOptions;
  /** Create projects and subscriptions, and schedule what is published. */
  readonly arrange: (world: World) => Promise<void>;
  readonly lastsMs: number;
  /** Whether it may end early: nothing that is measured changes any more. */
  readonly isOver?: (world: World) => boolean;
  readonly measure: (world: World) => Measured;
  readonly invariants: readonly Invariant<Measured>[];
}

/** Define a scenario whose invariants know its figures. */
export const scenario = <Measured extends Figures>(given: Scenario<Measured>): Scenario =>
  given as unknown as Scenario;
