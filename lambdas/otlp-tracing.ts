import { otlpTracing } from '../core/adapters/otlp/otlp-tracing.ts';
import { ENV, type OtlpSettings } from '../core/contract.ts';
import { VERSION } from '../core/kernel/version.ts';
import type { Logger } from '../core/ports/logger.ts';
import { clock, required } from './environment.ts';
import type { Tracing } from './tracing.ts';

/** Record spans, and send them to the collector of the stage. */
export function openTracing(log: Logger): Tracing {
  const settings: OtlpSettings = JSON.parse(required(ENV.otlp));
  const resource = {
    'service.namespace': 'ancrage',
    'service.name': required('POWERTOOLS_SERVICE_NAME'),
    'service.version': VERSION,
    'deployment.environment.name': required(ENV.stage),
  };
  return otlpTracing(settings, { resource, clock, log });
}
