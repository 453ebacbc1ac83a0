import { faultsOf } from '../engines/json-schema/check.ts';
import { type CompiledSchema, compileSchema } from '../engines/json-schema/compile.ts';
import { ValidationBudget } from '../engines/json-schema/run.ts';
import { Cache } from '../kernel/cache.ts';
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
const MAX_PROJECTS = 1000;
/** A schema is cached under its version, which may be that of another schema if it changed while it was read. */
const MAX_SCHEMA_AGE_MS = 600_000;
/** Each may take two or three megabytes. */
const MAX_SCHEMAS = 20;
/** For one request or one message: a few hundred milliseconds, and several times what 1 MB of events needs. */
const MAX_STEPS = 2_000_000;

/** Return a budget that the validations of one request or one message share. */
export const newBudget = (): ValidationBudget => new ValidationBudget(MAX_STEPS);

/** Validates events against the schemas of their types. It caches which types of a project have one, so other events cost no read. */
export class EventValidator {
  readonly #eventTypes: EventValidatorPorts['eventTypes'];
  readonly #versions: Cache<ReadonlyMap<string, string>>;
  readonly #schemas: Cache<CompiledSchema | null>;

  constructor({ eventTypes, clock }: EventValidatorPorts) {
    this.#eventTypes = eventTypes;
    this.#versions = new Cache({ maxAgeMs: MAX_AGE_MS, maxEntries: MAX_PROJECTS, clock });
    this.#schemas = new Cache({ maxAgeMs: MAX_SCHEMA_AGE_MS, maxEntries: MAX_SCHEMAS, clock });
  }

  /** @throws ValidationError with every fault of data that does not fit the schema of its type */
  async validate(
    project: string,
    { type, data }: Pick<PublishedEvent, 'type' | 'data'>,
    budget = newBudget(),
  ): Promise<void> {
    const versions =
      this.#versions.get(project) ?? this.#versions.keep(project, this.#eventTypes.schemaVersions(project));
    const version = (await versions).get(type);
    if (version === undefined) return;
    const name = JSON.stringify([project, type, version]);
    const schema = await (this.#schemas.get(name) ?? this.#schemas.keep(name, this.#compile(project, type)));
    if (schema === null) return;
    const faults: readonly Fault[] = faultsOf(schema, JSON.parse(data), 'data', budget);
    if (faults.length > 0) throw ValidationError.of(faults);
  }

  async #compile(project: string, type: string): Promise<CompiledSchema | null> {
    const schema = (await this.#eventTypes.get(project, type))?.schema;
    return schema ? compileSchema(schema) : null;
  }
}
