import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Clock } from '../../kernel/clock.ts';
import { asError } from '../../kernel/errors.ts';
import type { Logger } from '../../ports/logger.ts';

/** After a failure, spans are dropped for so long. */
const PAUSE_MS = 30_000;

type Done = Parameters<SpanExporter['export']>[1];

/**
 * Keeps a collector that is down or slow from delaying the work that spans are about: after a failure, nothing is sent for half a
 * minute, and the spans of that time are dropped.
 */
export class BoundedExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #clock: Clock;
  readonly #log: Logger;
  #pausedUntil = 0;

  constructor(exporter: SpanExporter, clock: Clock, log: Logger) {
    this.#exporter = exporter;
    this.#clock = clock;
    this.#log = log;
  }

  export(spans: ReadableSpan[], done: Done): void {
    // To the processor they are exported: it would report each failure as an error.
    if (this.#clock() < this.#pausedUntil) {
      done({ code: EXPORTED });
      return;
    }
    this.#exporter.export(spans, ({ code, error }) => {
      if (code !== EXPORTED) this.#pause({ count: spans.length, reason: error?.message });
      done({ code: EXPORTED });
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  /** Wait for an export, but no longer than this. It never fails. */
  async within(ms: number, flush: () => Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, ms, 'late');
    });
    try {
      if ((await Promise.race([flush(), late])) === 'late')
        this.#pause({ reason: `took more than ${ms} ms` });
    } catch (error) {
      this.#pause({ reason: asError(error).message });
    } finally {
      clearTimeout(timer);
    }
  }

  #pause(fields: Readonly<Record<string, unknown>>): void {
    if (this.#clock() < this.#pausedUntil) return;
    this.#pausedUntil = this.#clock() + PAUSE_MS;
    this.#log.warn('spans not exported', fields);
  }
}

/** `ExportResultCode.SUCCESS` of @opentelemetry/core. */
const EXPORTED = 0;
