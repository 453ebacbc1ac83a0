/** Names that exist in the stack that is judged. */
export interface Known {
  readonly project: string;
  /** A project that may be deleted. */
  readonly spareProject: string;
  readonly subscription: string;
  readonly event: string;
  /** A receiver's. */
  readonly origin: string;
}

/** The fields of bodies that are hook URLs. */
const HOOKS = {
  NewSubscription: 'url',
  SubscriptionPatch: 'url',
  WeavySubscribe: 'hookUrl',
  GivenWebhook: 'request_url',
};

/**
 * Return the OpenAPI document as Schemathesis needs it, so that its requests get somewhere: names are those of things that
 * exist, hook URLs those of a receiver on this machine, and patterns have no surrogates, which the engine that generates texts
 * does not know.
 */
export function judgedDocument(text: string, known: Known): object {
  const document: Document = JSON.parse(
    text.replaceAll('https://example.com', known.origin).replaceAll(String.raw`\\ud800-\\udfff`, ''),
  );
  for (const [name, field] of Object.entries(HOOKS)) {
    const { properties = {} } = document.components.schemas[name] ?? {};
    properties[field] = { ...properties[field], enum: [`${known.origin}/hook`] };
  }
  for (const [path, operations] of Object.entries(document.paths))
    for (const operation of Object.values(operations))
      operation.parameters = (operation.parameters ?? [])
        // A cursor comes from the page before, and an Idempotency-Key belongs to one body.
        .filter(({ name }) => name !== 'cursor' && name !== 'Idempotency-Key')
        .map((parameter) => judged(parameter, path, operation.operationId, known));
  return document;
}

function judged(parameter: Parameter, path: string, operationId: string, known: Known): Parameter {
  const { example: _, examples: __, ...others } = parameter;
  const named = (id: string | null) =>
    id === null ? parameter : { ...others, schema: { type: 'string', enum: [id] } };
  if (parameter.in !== 'path') return parameter;
  if (parameter.name === 'project')
    return named(operationId === 'deleteProject' ? known.spareProject : known.project);
  return parameter.name === 'id' ? named(idOf(path, operationId, known)) : parameter;
}

function idOf(path: string, operationId: string, { subscription, event }: Known): string | null {
  if (path.includes('/events/{id}')) return event;
  return path.includes('/subscriptions/{id}') && operationId !== 'deleteSubscription' ? subscription : null;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Record<string, { operationId: string; parameters?: readonly Parameter[] }>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Schema {
  properties?: Record<string, Schema>;
  readonly description?: string | undefined;
  readonly enum?: readonly unknown[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: unknown;
}
