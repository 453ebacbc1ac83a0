import { faultsOf } from '../engines/json-schema/check.ts';
import { type CompiledSchema, compileSchema } from '../engines/json-schema/compile.ts';
import { ValidationBudget } from '../engines/json-schema/run.ts';
import { cached } from '../kernel/cache.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Fault, ValidationError } from '../kernel/errors.ts';
import type { PublishedEvent } from '../model/event.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';

interface EventValidatorPorts {
  readonly eventTypes: Pick<EventTypeStore, 'get' | 'schemaVersions'>;
  readonly clock: Clock;
}

/** How long a new schema may go unseen. */
const MAX_AGE_MS = 60_000;
/** Eight thousand types of schemas. */
const MAX_VERSION_BYTES = 1024 * 1024;
/** A schema is cached under its version, which may be that of another schema if it changed while it was read. */
const MAX_SCHEMA_AGE_MS = 600_000;
/** Twenty of the largest schemas. */
const MAX_SCHEMA_BYTES = 40 * 1024 * 1024;
/** The memory that a character of a schema takes once it is compiled, in bytes: 62 at most, with a pattern for each member. */
const BYTES_PER_CHARACTER = 64;
/** The events that may be published together. */
export const MAX_EVENTS_TOGETHER = 100;
/** For one request or one message: a few hundred milliseconds, and several times what 1 MB of events needs. */
const MAX_STEPS = 2_000_000;

/** Return a budget that the validations of one request or one message share. */
export const newBudget = (): ValidationBudget => new ValidationBudget(MAX_STEPS);

/** Return the faults of one event of an array, with their paths in the array. */
export const faultsWithin = (index: number, { faults, message }: ValidationError): Fault[] =>
  faults.length === 0
    ? [{ path: String(index), message }]
    : faults.map((fault) => ({ ...fault, path: [index, fault.path].join('.').replace(/\.$/, '') }));

interface SizedSchema {
  readonly schema: CompiledSchema;
  readonly bytes: number;
}

/** Validates events against the schemas of their types. It caches which types of a project have one, so other events cost no read. */
export class EventValidator {
  /** The types with a schema, and its version. */
  readonly #versions: (project: string) => Promise<ReadonlyMap<string, string>>;
  readonly #schema: (project: string, type: string, version: string) => Promise<SizedSchema | null>;

  constructor({ eventTypes, clock }: EventValidatorPorts) {
    this.#versions = cached((project: string) => eventTypes.schemaVersions(project), {
      maxAgeMs: MAX_AGE_MS,
      maxBytes: MAX_VERSION_BYTES,
      clock,
    }).get;
    this.#schema = cached(
      async (project: string, type: string, _version: string) => {
        const text = (await eventTypes.get(project, type))?.schema;
        return text ? { schema: await compileSchema(text), bytes: BYTES_PER_CHARACTER * text.length } : null;
      },
      { maxAgeMs: MAX_SCHEMA_AGE_MS, maxBytes: MAX_SCHEMA_BYTES, clock, sizeOf: ({ bytes }) => bytes },
    ).get;
  }

  /** @throws ValidationError with every fault of data that does not fit the schema of its type */
  async validate(
    project: string,
    { type, data }: Pick<PublishedEvent, 'type' | 'data'>,
    budget = newBudget(),
  ): Promise<void> {
    const version = (await this.#versions(project)).get(type);
    if (version === undefined) return;
    const found = await this.#schema(project, type, version);
    if (found === null) return;
    const faults: readonly Fault[] = faultsOf(found.schema, JSON.parse(data), 'data', budget);
    if (faults.length > 0) throw ValidationError.of(faults);
  }
}
