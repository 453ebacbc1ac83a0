import { resolved } from './operations.ts';
import { type RequestBody, textSpots, wrongTypes } from './request-bodies.ts';

/** A body that must be rejected. */
export interface HostileBody {
  readonly what: string;
  readonly text: string;
  /** The path of the fault within the body. */
  readonly path?: string;
}

/** Return bodies of this kind with everything that can be wrong. */
export function hostileBodies(kind: RequestBody): HostileBody[] {
  const body = new Example(kind);
  return [malformed, mistyped, tooMuch, ambiguous, oddNames, unstorable, unsendable].flatMap((make) =>
    make(body),
  );
}

/** Join members to an object's text, which may be an object that JavaScript cannot represent. */
const objectText = (members: readonly (readonly [string, string])[]) =>
  `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}`;

/** The OpenAPI document's example of a body, with methods that make it wrong. */
class Example {
  readonly kind: RequestBody;
  readonly properties: NonNullable<RequestBody['schema']['properties']>;
  readonly members: readonly (readonly [string, string])[];

  constructor(kind: RequestBody) {
    this.kind = kind;
    this.properties = Object.fromEntries(
      Object.entries(kind.schema.properties ?? {}).map(([name, schema]) => [name, resolved(schema)]),
    );
    this.members = Object.entries(kind.example).map(([name, value]) => [name, JSON.stringify(value)]);
  }

  /** Add a member, even if one with its name exists. */
  adding(what: string, name: string, text: string, path = name): HostileBody {
    return this.#hostile(what, [...this.members, [name, text]], path);
  }

  /** Replace a member. */
  with(what: string, name: string, text: string, path = name): HostileBody {
    return this.#hostile(what, [...this.members.filter(([other]) => other !== name), [name, text]], path);
  }

  /** Make bodies for each of these fields that the schema has. */
  eachOf(names: readonly string[], make: (name: string) => HostileBody[]): HostileBody[] {
    return names.filter((name) => Object.hasOwn(this.properties, name)).flatMap(make);
  }

  #hostile(what: string, members: Example['members'], path: string): HostileBody {
    const { isInArray } = this.kind;
    const text = objectText(members);
    return isInArray
      ? { what: `${what}: ${path}`, text: `[${text}]`, path: path === '' ? '0' : `0.${path}` }
      : { what: `${what}: ${path}`, text, path };
  }
}

const malformed = ({ kind, members }: Example): HostileBody[] => [
  ...(kind.operation.isBodyRequired ? [{ what: 'nothing', text: '' }] : []),
  { what: 'half of it', text: objectText(members).slice(0, -1) },
  ...['null', '17', '"text"', 'true', '[[]]', '[null]'].map((text) => ({ what: 'no object', text })),
];

const mistyped = (body: Example): HostileBody[] =>
  Object.entries(body.properties).flatMap(([name, schema]) =>
    wrongTypes(schema).map((value) => body.with('wrong type', name, JSON.stringify(value))),
  );

const DEEP = '['.repeat(10_000) + ']'.repeat(10_000);
/** Together with the rest of the body, the maximum that API Gateway accepts. */
const LARGE = 'x'.repeat(10 * 1024 * 1024 - 1000);
const MANY_TYPES = Array.from({ length: 300 }, (_, n) => `type.n${n}`);
const LONG_URL = `https://example.com/${'x'.repeat(10_240)}`;

const tooMuch = (body: Example): HostileBody[] => [
  { what: '10,000 levels', text: DEEP },
  ...[...Object.keys(body.properties), 'unknown'].map((name) => body.with('10,000 levels', name, DEEP)),
  body.adding('10 MB', 'unknown', `"${LARGE}"`),
  ...body.eachOf(['events'], (name) => [body.with('300 event types', name, JSON.stringify(MANY_TYPES))]),
  ...body.eachOf(['url', 'hookUrl', 'request_url'], (name) => [
    body.with('10 KB', name, JSON.stringify(LONG_URL)),
  ]),
];

const ambiguous = (body: Example): HostileBody[] => [
  ...body.members.map(([name, text]) => body.adding('twice', name, text)),
  ...Object.entries(body.properties)
    .filter(([, { type }]) => type === 'object')
    .map(([name]) => body.with('twice', name, '{"a":{"b":"c","b":"d"}}', `${name}.a.b`)),
];

const oddNames = (body: Example): HostileBody[] => [
  body.adding('forbidden', '__proto__', '{"admin":true}'),
  body.adding('forbidden', 'constructor', '{"prototype":{"admin":true}}', 'constructor.prototype'),
  ...Object.entries(body.properties)
    .filter(([, { type }]) => type === 'object')
    .map(([name]) => body.with('forbidden', name, '{"__proto__":"x"}', `${name}.__proto__`)),
  ...body.eachOf(['headers', 'metadata'], (name) => [
    body.with('forbidden', name, '{"constructor":"x"}', `${name}.constructor`),
  ]),
  // Other bodies may have unknown fields.
  ...(body.kind.schema.additionalProperties === false
    ? ['constructor', 'prototype', 'toString', 'hasOwnProperty']
    : []
  ).map((name) => body.adding(`unknown ${name}`, name, '{"admin":true}', '')),
];

const UNSTORABLE = ['a\u0000b', 'a\ud800b', '\udc00'];

const unstorable = (body: Example): HostileBody[] =>
  Object.entries(body.properties).flatMap(([name, schema]) =>
    textSpots(schema, name).flatMap(({ path, value }) =>
      UNSTORABLE.map((text) => body.with('no text', name, JSON.stringify(value(text)), path(text))),
    ),
  );

const VALUES = ['b\r\nc: d', 'b\nc', 'b\rc', 'b\u0000', 'b\u2028c', '\r\n\r\n<script>'];
const NAMES = ['a\r\nb', 'a: b', 'a\n', 'a b', 'a\u0000', '', 'host', 'Content-Length', 'webhook-id', 'TE'];

const unsendable = (body: Example): HostileBody[] => [
  ...body.eachOf(['headers'], (field) => [
    ...VALUES.map((value) => body.with('header', field, JSON.stringify({ a: value }), `${field}.a`)),
    ...NAMES.map((name) => body.with('header', field, JSON.stringify({ [name]: 'x' }), `${field}.${name}`)),
  ]),
  ...body.eachOf(['webhook_headers'], (field) =>
    [
      ...VALUES.map((value) => ({ key: 'a', value })),
      ...[...NAMES.filter((name) => name !== ''), 'constructor'].map((key) => ({ key, value: 'x' })),
    ].map((row) => body.with('header', field, JSON.stringify([row]))),
  ),
];
