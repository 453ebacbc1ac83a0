import { describe, expect, it } from 'vitest';
import { VERSION } from '../../../../core/kernel/version.ts';
import type { JsonSchema } from '../../../../core/openapi/components.ts';
import { openApiDocument } from '../../../../core/openapi/document.ts';
import { openApi30 } from '../../../../core/openapi/openapi-30.ts';
import { simplified } from '../../../../core/openapi/simplified.ts';

const document = openApiDocument(VERSION);
const translated = (schema: JsonSchema) => {
  const { components, ...rest } = document;
  return openApi30({ ...rest, components: { ...components, schemas: { It: schema } } }).components.schemas.It;
};
const $ref = '#/components/schemas/Other';

describe('the document in OpenAPI 3.0.3', () => {
  it.each<[string, JsonSchema, JsonSchema]>([
    [
      'a nullable type',
      { type: ['string', 'null'], maxLength: 2 },
      { type: 'string', maxLength: 2, nullable: true },
    ],
    ['several types', { type: ['string', 'number', 'null'] }, {}],
    ['null', { type: 'null' }, {}],
    ['a reference', { $ref }, { $ref }],
    ['a reference with a description', { $ref, description: 'It' }, { allOf: [{ $ref }], description: 'It' }],
    ['a nullable reference', { anyOf: [{ $ref }, { type: 'null' }] }, { allOf: [{ $ref }], nullable: true }],
    [
      'branches, one of them null',
      { anyOf: [{ $ref }, { type: 'null' }, { type: 'string' }] },
      { anyOf: [{ $ref }, { type: 'string' }], nullable: true },
    ],
    ['an example', { type: 'string', examples: ['a', 'b'] }, { type: 'string', example: 'a' }],
    [
      'inner schemas',
      {
        type: 'object',
        properties: { type: { type: ['array', 'null'], items: { type: ['string', 'null'] } } },
        additionalProperties: { $ref, description: 'It' },
      },
      {
        type: 'object',
        properties: { type: { type: 'array', items: { type: 'string', nullable: true }, nullable: true } },
        additionalProperties: { allOf: [{ $ref }], description: 'It' },
      },
    ],
    [
      'a rule between fields',
      {
        type: 'object',
        if: { required: ['a'] },
        else: { required: ['b'] },
        dependentSchemas: {},
        not: {},
        allOf: [],
      },
      { type: 'object' },
    ],
  ])('has %s', (_, schema, expected) => {
    expect(translated(schema)).toEqual(expected);
  });

  it('has the same operations, and the schemas of parameters and responses too', () => {
    const { openapi, info, paths } = openApi30(document);
    expect(openapi).toBe('3.0.3');
    expect(info).toEqual({ ...document.info, license: { name: 'MIT' } });
    const ids = (of: typeof paths) =>
      Object.values(of).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(ids(paths)).toEqual(ids(document.paths));
    expect(JSON.stringify(paths)).not.toMatch(/"type":\[|"null"/);
  });
});

describe('a simplified schema', () => {
  it.each<[string, JsonSchema, JsonSchema]>([
    [
      'a nullable type',
      { anyOf: [{ type: 'string', maxLength: 2 }, { type: 'null' }], default: null },
      { type: ['string', 'null'], maxLength: 2, default: null },
    ],
    [
      'a branch for null beside a reference',
      { anyOf: [{ $ref }, { type: 'null' }], default: null },
      { anyOf: [{ $ref }, { type: 'null' }] },
    ],
    [
      'one list of branches',
      { anyOf: [{ anyOf: [{ $ref }, { type: 'string' }] }, { type: 'null' }] },
      { anyOf: [{ $ref }, { type: 'string' }, { type: 'null' }] },
    ],
    ['an enum of one value', { items: { const: true } }, { items: { enum: [true] } }],
    [
      'a pattern without categories',
      { pattern: '^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]$' },
      { pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff\\u2028\\u2029]$' },
    ],
    [
      'the size of an integer',
      { type: 'integer', maximum: Number.MAX_SAFE_INTEGER },
      { type: 'integer', maximum: Number.MAX_SAFE_INTEGER, format: 'int64' },
    ],
    [
      'no pattern-less names',
      {
        propertyNames: { type: 'string' },
        properties: { const: { propertyNames: { type: 'string', maxLength: 3 } } },
      },
      { properties: { const: { propertyNames: { type: 'string', maxLength: 3 } } } },
    ],
  ])('has %s', (_, schema, expected) => {
    expect(simplified(schema)).toEqual(expected);
  });
});
