import type { Logger } from '../core/ports/logger.ts';
import { propagation, type Tracer } from '../core/ports/tracer.ts';

export interface Tracing {
  readonly tracer: Tracer;
  /** Send the spans that have ended. It takes half a second at most, and never fails. */
  flush(): Promise<void>;
}

/**
 * What a function does about traces. In the bundles of a stage that records spans, `otlp-tracing.ts` takes the place of this module
 * (`imports` in package.json, `lib/bundle.ts`).
 */
export const openTracing = (_log: Logger): Tracing => ({ tracer: propagation, flush: async () => {} });
