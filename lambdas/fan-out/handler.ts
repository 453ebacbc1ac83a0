import { type FanOutDependencies, fanOut } from '../../core/fan-out/fan-out.ts';
import { queueWorker, type Telemetry } from '../middleware/queue-worker.ts';

/** Events queue to deliveries queue. */
export const fanOutHandler = (dependencies: FanOutDependencies & Telemetry) =>
  queueWorker(dependencies, fanOut(dependencies));
