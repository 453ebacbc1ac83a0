import fc from 'fast-check';
import { type Mutation, mutated, mutation } from './mutations.ts';
import { collectionOf, isOfKeysProject, type Operation, type Parameter, resolved } from './operations.ts';
import { fitting, isObject, Known, knowing, known } from './values.ts';

/** A request in which existing resources and keys are not filled in yet. */
export interface Draft {
  readonly path: Readonly<Record<string, Known | string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bearer: (typeof BEARERS)[number];
  /** Undefined for a request without a body. */
  readonly body: unknown;
  readonly mutations: readonly Mutation[];
  /** How the text of the body is distorted. */
  readonly text: Distortion;
}

const BEARERS = ['admin', 'manage', 'publish', 'read', 'token', 'stranger', 'nonsense', 'none'] as const;
type Distortion = 'none' | 'cut' | 'empty' | 'repeated name' | 'deep' | 'half a character';
const DISTORTIONS = ['cut', 'empty', 'repeated name', 'deep', 'half a character'] as const;

/** Segments that are put into a path unencoded. */
const NASTY_SEGMENTS = [
  ...['%00', '%', '%zz', '%ED%A0%80', '%2F', '%F0%9F%98%80', 'a%20b', 'a%0Ab', '%2A', 'a%23b', 'constructor'],
  ...['__proto__', '~', '~YQ', '~YQ==', '~YR', '~b3JkZXIvMTA0Mg', 'sub_x', 'x'.repeat(300), 'x'.repeat(3000)],
];
const FORM = 'application/x-www-form-urlencoded';
/** The HTTP server rejects a request line above 16 KB before the API sees it. */
const LONGEST_IN_QUERY = 2000;
const NASTY_HEADERS = ['', ' ', 'x'.repeat(255), 'x'.repeat(256), '\u00e9', 'a\tb', 'null'];

const mostly = <Value>(usual: fc.Arbitrary<Value>, unusual: fc.Arbitrary<Value>, weight = 9) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: unusual });

/** Return requests of an operation, both valid ones and ones with faults. */
export function draftsOf(operation: Operation): fc.Arbitrary<Draft> {
  const { parameters, bodies, path, statuses } = operation;
  const within = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place);
  const contentTypes = Object.keys(bodies);
  // An operation without a 415 ignores the content type.
  const others = statuses.includes('415')
    ? ['text/plain', 'application/json; charset=utf-8', FORM, 'x']
    : contentTypes;
  const contentType = mostly(
    fc.constantFrom('application/json', ...contentTypes),
    fc.constantFrom('application/json', ...others),
  );
  return contentType.chain((type) =>
    fc.record({
      path: fc.record(
        Object.fromEntries(
          within('path').map(({ name }) => [
            name,
            mostly<Known | string>(known(collectionOf(path, name)), fc.constantFrom(...NASTY_SEGMENTS), 15),
          ]),
        ),
      ),
      query: fc.record(
        Object.fromEntries(
          within('query').map(({ name, schema }) => [
            name,
            mostly<unknown>(
              fitting(schema, name),
              mutation.map(({ name }) => name.slice(0, LONGEST_IN_QUERY)),
            ),
          ]),
        ),
        { requiredKeys: within('query').flatMap(({ name, required }) => (required ? [name] : [])) },
      ),
      headers: fc
        .record(
          Object.fromEntries(
            within('header').map(({ name, schema }) => [
              name,
              mostly(headerText(schema), fc.constantFrom(...NASTY_HEADERS)),
            ]),
          ),
          { requiredKeys: [] },
        )
        .map((headers) => ({ ...headers, 'content-type': type })),
      bearer: mostly<Draft['bearer']>(fc.constant(usualBearer(operation)), fc.constantFrom(...BEARERS), 4),
      body: bodyOf(operation, type),
      mutations: fc.oneof(fc.constant([]), fc.array(mutation, { minLength: 1, maxLength: 2 })),
      text: mostly<Distortion>(fc.constant('none'), fc.constantFrom(...DISTORTIONS)),
    }),
  );
}

/** Return the bearer to whom all known resources are visible. */
function usualBearer(operation: Operation): Draft['bearer'] {
  if (operation.operationId === 'revokeToken') return 'token';
  return isOfKeysProject(operation) ? 'manage' : 'admin';
}

const headerText = ({ maxLength = 20 }: Parameter['schema']) =>
  fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: Math.min(maxLength, 3) })
    .map((text) => text.trim() || 'x');

function bodyOf({ bodies, isBodyRequired }: Operation, contentType: string): fc.Arbitrary<unknown> {
  const schema = bodies[contentType] ?? Object.values(bodies)[0];
  if (schema === undefined) return fc.constant(undefined);
  const examples = resolved(schema).examples ?? [];
  const body = fc.oneof(fitting(schema), fc.constantFrom(...examples.map(knowing)));
  return isBodyRequired ? body : fc.oneof(body, fc.constant(undefined));
}

/** Return the request of the OpenAPI document's example, with known resources. */
export function plainDraft(operation: Operation): Draft {
  const { parameters, bodies, path } = operation;
  const [body] = Object.entries(bodies);
  const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const [example] = body === undefined ? [] : (resolved(body[1]).examples ?? []);
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  return {
    path: Object.fromEntries(names.map((name) => [name, new Known(collectionOf(path, name), 0)])),
    query: Object.fromEntries(needed.map(({ name, schema }) => [name, schema.enum?.[0]])),
    headers: { 'content-type': body?.[0] ?? 'application/json' },
    bearer: usualBearer(operation),
    body: knowing(example),
    mutations: [],
    text: 'none',
  };
}

/** Return the text of a draft's body, with known resources filled in. */
export function bodyText(
  { body, mutations, text, headers }: Draft,
  find: (known: Known) => string,
): string | undefined {
  if (body === undefined) return undefined;
  const value = mutations.reduce<unknown>((before, each) => mutated(before, each), body);
  const made = filled(value, find);
  if (headers['content-type'] === FORM && isObject(made)) return formText(made);
  const json = JSON.stringify(made) ?? '';
  switch (text) {
    case 'cut':
      return json.slice(0, json.length / 2);
    case 'empty':
      return '';
    case 'repeated name':
      return json.replace(/^\{("[^"]*":)/, '{$1null,$1');
    case 'deep':
      return json.replace(/\}$/, `,"deep":${'['.repeat(3000)}${']'.repeat(3000)}}`);
    case 'half a character':
      return json.replace(/^\{"/, '{"\\ud800');
    default:
      return json;
  }
}

const formText = (fields: Record<string, unknown>) =>
  new URLSearchParams(
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
      ]),
    ),
  ).toString();

export function filled(value: unknown, find: (known: Known) => string): unknown {
  if (value instanceof Known) return find(value);
  if (Array.isArray(value)) return value.map((item) => filled(item, find));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, find)]));
}
