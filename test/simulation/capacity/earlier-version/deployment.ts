import type { SweepPorts } from '../../../../core/sweep/sweep.ts';
import type { FunctionCopy } from '../function-copy.ts';
import { type Deployment, FUNCTIONS, type LaneName } from '../functions.ts';
import type { Handler } from '../lane.ts';
import type { World } from '../world.ts';
import { type Done, earlierDeliverer } from './deliverer.ts';
import { EarlierHealth } from './health.ts';

/**
 * A deployment over version 0.1: every second copy of the function that delivers has the earlier code until a moment of its own
 * in the second half of the time, and the sweeper until such a moment. The earlier sweeper moved what the current one moves,
 * but knew no pumps. The earlier fan-out sent the same messages, and there was no pump.
 */
export class DeploymentOverEarlier implements Deployment {
  readonly health: EarlierHealth;
  readonly done: Done = { requests: 0, held: 0, parked: 0, opened: 0, probes: 0 };
  readonly #world: World;
  readonly #lastsMs: number;
  readonly #from: number;
  readonly #sweeperReplacedAt: number;
  #copies = 0;

  constructor(world: World, lastsMs: number) {
    this.#world = world;
    this.#lastsMs = lastsMs;
    this.#from = world.time.now;
    this.health = new EarlierHealth(world.stores);
    this.#sweeperReplacedAt = this.#moment();
  }

  #moment(): number {
    const half = this.#lastsMs / 2;
    return this.#from + half + this.#world.random.integer(half);
  }

  create(name: LaneName, copy: FunctionCopy): Handler {
    const current = FUNCTIONS[name].create(this.#world, copy);
    if ((name !== 'deliveries' && name !== 'retries') || this.#copies++ % 2 === 0) return current;
    const earlier = earlierDeliverer(this.#world, copy, this.health, this.done);
    const replacedAt = this.#moment();
    return (messages, receipts) =>
      (this.#world.time.now < replacedAt ? earlier : current)(messages, receipts);
  }

  sweep(ports: SweepPorts): SweepPorts {
    if (this.#world.time.now >= this.#sweeperReplacedAt) return ports;
    const { dueWork } = ports;
    return {
      ...ports,
      dueWork: {
        claim: (...given) => dueWork.claim(...given),
        callPump: (...given) => dueWork.callPump(...given),
        async due(...given) {
          const { items, cursor } = await dueWork.due(...given);
          return { items: items.filter(({ isPump }) => !isPump), cursor };
        },
      },
    };
  }
}
