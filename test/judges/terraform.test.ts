import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { synthesizeStages } from '../support/stage-templates.ts';
import { describeWith, pythonWith, run } from '../support/tool-chains.ts';

interface Template {
  readonly Outputs: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

/** The stages that a release has. */
const RELEASED = ['dev', 'prod'] as const;

const directory = mkdtempSync(join(tmpdir(), 'ancrage-terraform-'));
let templates: readonly Template[];

beforeAll(async () => {
  const paths = await synthesizeStages(directory);
  templates = RELEASED.flatMap((stage) => paths[stage]).map((path) => JSON.parse(readFileSync(path, 'utf8')));
});
afterAll(() => rmSync(directory, { recursive: true }));

it('the templates need no more than CAPABILITY_IAM: no role and no policy has a name', () => {
  const identities = templates.flatMap(({ Resources }) =>
    Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::')),
  );
  expect(identities.length).toBeGreaterThan(20);
  // A policy of this type is a part of its role.
  expect(new Set(identities.map(({ Type }) => Type))).toEqual(
    new Set(['AWS::IAM::Role', 'AWS::IAM::Policy']),
  );
  expect(identities.filter(({ Properties }) => Properties?.RoleName !== undefined)).toEqual([]);
});

describeWith(['python3'], 'the Terraform example, as python-hcl2 reads it', () => {
  // biome-ignore lint/suspicious/noExplicitAny: the test asserts what it reads of the files.
  let files: Record<string, any>;

  beforeAll(async () => {
    const python = join(await pythonWith('test/judges/terraform/requirements.txt'), 'python');
    const args = ['test/judges/terraform/read.py', ...globSync('examples/terraform/*.tf')];
    files = JSON.parse(await run(python, args));
  });

  const stack = () =>
    files['examples/terraform/main.tf'].resource[0]['"aws_cloudformation_stack"']['"ancrage"'];

  it('is a stack of CloudFormation with the template of a release', () => {
    expect(stack()).toMatchObject({
      capabilities: ['"CAPABILITY_IAM"'],
      on_failure: '"ROLLBACK"',
      timeouts: [{ create: '"70m"', update: '"120m"', delete: '"70m"' }],
    });
    // The release's folder and file; the names of the policies in examples/iam.
    expect(stack().template_url).toMatch(/\/\$\{var\.release\}\/\$\{var\.stage\}\.template\.json"$/);
    expect(stack().name).toMatch(/^"Ancrage-\$\{var\.stage\}"$/);
    expect(stack().tags).toContain('var.tags');
    // CloudFormation ends first, so that Terraform reads why.
    expect(stack().timeout_in_minutes).toBeLessThan(70);
  });

  it('declares every variable that it reads, and reads every one', () => {
    const declared = files['examples/terraform/variables.tf'].variable.flatMap(Object.keys);
    const read = [...JSON.stringify(files).matchAll(/var\.(\w+)/g)].map(([, name]) => `"${name}"`);
    expect(new Set(read)).toEqual(new Set(declared));
  });

  it('reads outputs that the templates have', () => {
    const read = [...JSON.stringify(files).matchAll(/outputs\[\\"(\w+)\\"\]/g)].map(([, name]) => name);
    expect(read).toEqual(['ApiUrl', 'ConsoleUrl', 'EventsQueueUrl']);
    for (const { Outputs } of templates) expect(Object.keys(Outputs)).toEqual(expect.arrayContaining(read));
  });
});
