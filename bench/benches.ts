import type { Bench } from './bench.ts';
import { coldStart } from './cold-start/cold-start.ts';
import { units } from './cost/cases.ts';
import { cost } from './cost/cost.ts';
import { crash } from './crash.ts';
import { creations } from './creations.ts';
import { flow } from './flow/flow.ts';
import { growth } from './growth/growth.ts';
import { isolation } from './isolation/isolation.ts';
import { templates } from './templates.ts';
import { throughput } from './throughput.ts';
import { worker } from './worker/worker.ts';

/** All benches by name, in the order of the document. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  'cold-start': coldStart,
  worker,
  throughput,
  cost,
  units,
  flow,
  isolation,
  growth,
  creations,
  templates,
  crash,
};
