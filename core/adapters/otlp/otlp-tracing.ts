import {
  type Context,
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace as traceApi,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { OtlpSettings } from '../../contract.ts';
import type { Clock } from '../../kernel/clock.ts';
import { partsOf, type TraceContext } from '../../model/trace-context.ts';
import type { Logger } from '../../ports/logger.ts';
import type { SpanKind as Kind, SpanAttributes, Tracer } from '../../ports/tracer.ts';
import { BoundedExporter } from './bounded-exporter.ts';

interface OtlpOptions {
  /** What the spans are of, by the names of OpenTelemetry's semantic conventions. */
  readonly resource: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The longest that an invocation waits for the collector. */
const FLUSH_MS = 500;

/** https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/ */
const KINDS: Readonly<Record<Kind, { readonly kind: SpanKind; readonly attributes: SpanAttributes }>> = {
  publish: {
    kind: SpanKind.PRODUCER,
    attributes: { 'messaging.system': 'aws_sqs', 'messaging.operation.type': 'send' },
  },
  'fan-out': {
    kind: SpanKind.CONSUMER,
    attributes: { 'messaging.system': 'aws_sqs', 'messaging.operation.type': 'process' },
  },
  attempt: { kind: SpanKind.CLIENT, attributes: {} },
};

/** Record spans with OpenTelemetry, and send them over OTLP/HTTP in JSON. Until they are flushed, they are in memory. */
export function otlpTracing(
  { otlpEndpoint, sampleRatio }: OtlpSettings,
  { resource, clock, log }: OtlpOptions,
) {
  const exporter = new BoundedExporter(
    new OTLPTraceExporter({
      url: `${otlpEndpoint}/v1/traces`,
      timeoutMillis: FLUSH_MS,
      // No socket lives on while a function is frozen.
      httpAgentOptions: { keepAlive: false },
    }),
    clock,
    log,
  );
  const processor = new BatchSpanProcessor(exporter, { exportTimeoutMillis: FLUSH_MS });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes(resource),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [processor],
  });
  const spans = provider.getTracer('ancrage');

  const tracer: Tracer = {
    begin(kind, parent, at) {
      const { attributes, ...options } = KINDS[kind];
      const span = spans.startSpan(kind, { ...options, startTime: new Date(at) }, contextOf(parent));
      const { traceId, spanId, traceFlags } = span.spanContext();
      const tracestate = parent?.tracestate;
      return {
        trace: {
          traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
          ...(tracestate !== undefined && { tracestate }),
        },
        end(more, failure) {
          span.setAttributes({
            ...attributes,
            ...more,
            ...(failure !== undefined && { 'error.type': failure }),
          });
          if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end(new Date(clock()));
        },
      };
    },
  };
  return { tracer, flush: () => exporter.within(FLUSH_MS, () => processor.forceFlush()) };
}

function contextOf(parent: TraceContext | undefined): Context {
  if (parent === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, sampled } = partsOf(parent);
  return traceApi.setSpanContext(ROOT_CONTEXT, {
    ...{ traceId, spanId, traceFlags: sampled ? 1 : 0, isRemote: true },
    ...(parent.tracestate !== undefined && { traceState: createTraceState(parent.tracestate) }),
  });
}
