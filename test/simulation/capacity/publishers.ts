import type { World } from './world.ts';

interface Traffic {
  /** From this time on. */
  readonly from: number;
  readonly to: number;
  readonly perSecond: number;
  readonly type?: string | ((index: number) => string);
  readonly project?: string;
  readonly orderingKey?: (index: number) => string;
}

/** Publish at a rate: each event at a random moment of its share of the time, so that no two seeds are alike. */
export function publishSteadily(
  world: World,
  { from, to, perSecond, type, project, orderingKey }: Traffic,
): void {
  const publishNext = (index: number) => {
    const at = from + ((index + world.random.next()) * 1000) / perSecond;
    if (at >= to) return;
    world.time.at(at, () => {
      world.publish(typeof type === 'function' ? type(index) : type, project, orderingKey?.(index));
      publishNext(index + 1);
    });
  };
  publishNext(0);
}

/** Publish events all at once. */
export function publishAtOnce(
  world: World,
  at: number,
  count: number,
  type?: string,
  project?: string,
): void {
  world.time.at(at, () => {
    for (let n = 0; n < count; n++) world.publish(type, project);
  });
}
