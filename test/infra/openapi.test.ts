import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { openApiFiles } from '../../bin/openapi-files.ts';
import { VERSION } from '../../core/kernel/version.ts';
import { openApiDocument } from '../../core/openapi/document.ts';
import { operations } from '../../core/openapi/operations.ts';
import { AncrageStack } from '../../lib/ancrage-stack.ts';
import { readStage } from '../../lib/stage-context.ts';

/** A second spelling of a documented route, and the routes for operations that no route key of their own can express. */
const UNDOCUMENTED = ['POST /v1/authenticate', '$default', 'ANY /', 'ANY /api/{proxy+}'];
/** Served by `$default`, because its path is case-insensitive, or with any method. */
const WITHOUT_ROUTE = ['POST /v1/EntryPoints/{project}/process/', 'POST /', 'POST /api/method/{method}'];

const document = openApiDocument(VERSION);
const keys = operations.map(({ method, path }) => `${method} ${path}`);

function routes(): Map<string, string> {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new AncrageStack(app, 'Ancrage', { settings: readStage(app.node) });
  const found = Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Route');
  return new Map(
    Object.values(found).map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType]),
  );
}

describe('the OpenAPI document', () => {
  it('has every route of the template and no others', () => {
    const heads = keys.filter((key) => key.startsWith('GET ')).map((key) => key.replace('GET', 'HEAD'));
    expect([...keys, ...heads, ...UNDOCUMENTED].toSorted()).toEqual(
      [...routes().keys(), ...WITHOUT_ROUTE].toSorted(),
    );
  });

  it('requires a key for the routes that have the authorizer', () => {
    const open = [...routes()].filter(([, authorization]) => authorization === 'NONE').map(([key]) => key);
    const documented = operations.filter(({ scope }) => scope === 'open');
    const known = documented.flatMap(({ method, path }) =>
      (method === 'GET' ? ['GET', 'HEAD'] : [method]).map((each) => `${each} ${path}`),
    );
    expect([...known, 'POST /v1/authenticate'].toSorted()).toEqual(open.toSorted());
  });

  it('has a unique id for each operation and a description for each parameter', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const methods of Object.values(document.paths))
      for (const { operationId, parameters = [] } of Object.values(methods))
        for (const { name, description } of parameters)
          expect(description, `${operationId}: ${name}`).not.toBe('');
  });

  it('has examples of requests and responses, each of which matches its schema', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    ajv.addSchema({ $id: 'https://ancrage.invalid/', components: document.components });
    for (const [name, { examples }] of Object.entries(document.components.schemas)) {
      const validate = ajv.compile({ $ref: `https://ancrage.invalid/#/components/schemas/${name}` });
      for (const example of (examples as unknown[] | undefined) ?? [])
        expect(validate(example), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
    for (const methods of Object.values(document.paths))
      for (const { operationId, requestBody } of Object.values(methods))
        for (const { example } of Object.values(requestBody?.content ?? {}))
          expect(example, operationId).toBeDefined();
  });

  it('needs no option of a generator: no branch but a named one for null, no default of a union, no constant', () => {
    const faults: string[] = [];
    const examine = (schema: unknown, at: string) => {
      if (typeof schema !== 'object' || schema === null) return;
      const { anyOf, const: constant, default: value } = schema as Record<string, unknown>;
      const branches = (anyOf ?? []) as { $ref?: string; type?: string }[];
      const [first, second, ...more] = branches;
      if (second?.type === 'null' && more.length === 0 && first?.$ref === undefined)
        faults.push(`${at} has a branch for null`);
      if (anyOf !== undefined && value !== undefined) faults.push(`${at} has a default beside anyOf`);
      if (constant !== undefined) faults.push(`${at} is a constant`);
      for (const [key, inner] of Object.entries(schema))
        if (!['if', 'examples', 'x-choices'].includes(key)) examine(inner, `${at}/${key}`);
    };
    examine(document.components.schemas, '');
    expect(faults.filter((fault) => !fault.includes('/allOf/'))).toEqual([]);
  });

  it('names each enum that it has in several places', () => {
    const places = new Map<string, string[]>();
    const examine = (schema: unknown, at: string) => {
      if (typeof schema !== 'object' || schema === null) return;
      const { enum: values } = schema as Record<string, unknown>;
      if (Array.isArray(values) && values.length > 1)
        places.set(JSON.stringify(values), [...(places.get(JSON.stringify(values)) ?? []), at]);
      for (const [key, inner] of Object.entries(schema)) examine(inner, `${at}/${key}`);
    };
    examine(document.components.schemas, '');
    expect([...places.values()].filter(({ length }) => length > 1)).toEqual([]);
  });

  it('has the version of the package', () => {
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  it('is up to date in the repository, as are the types generated from it (npm run openapi)', async () => {
    for (const [path, text] of Object.entries(await openApiFiles()))
      expect(readFileSync(path, 'utf8') === text, `${path} is not up to date`).toBe(true);
  });

  it('has a client whose documented example is the type-checked one', () => {
    const example = readFileSync('client/example.ts', 'utf8');
    expect(readFileSync('docs/client.md', 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
  });
});
