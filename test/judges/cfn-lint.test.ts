import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { start } from '../support/child-process.ts';
import { HANDLER_PERMISSIONS, POLICY_FILES } from '../support/deployment-policies.ts';
import { STAGE_NAMES, synthesizeStages } from '../support/stage-templates.ts';
import { describeWith, pythonWith, run } from '../support/tool-chains.ts';

const REQUIREMENTS = resolve('test/judges/cfn-lint/requirements.txt');
const REGIONS = ['us-east-1', 'eu-west-1'];

/** Rules that are wrong about our templates, with the reason. */
const IGNORED: Readonly<Record<string, string>> = {
  W3005:
    'The CDK writes a DependsOn where a reference implies it already, which CloudFormation reads the same.',
};

interface Finding {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: readonly (string | number)[] };
}

describeWith(['python3'], 'cfn-lint', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ancrage-cfn-lint-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  let findings: readonly Finding[];

  beforeAll(async () => {
    const programs = await pythonWith(REQUIREMENTS);
    const templates = await synthesizeStages(directory);
    const ended = await start(
      join(programs, 'cfn-lint'),
      [
        ...['--format', 'json', '--include-checks', 'I', '--include-experimental'],
        ...['--regions', ...REGIONS, '--', ...Object.values(templates).flat()],
      ],
      {},
    ).ended;
    if (ended.stderr !== '') throw new Error(ended.stderr);
    findings = ended.json();
  });

  it.each(STAGE_NAMES)('finds nothing in the templates of %s', (stage) => {
    const found = findings.filter(
      ({ Filename, Rule }) => Filename.startsWith(join(directory, stage)) && !(Rule.Id in IGNORED),
    );
    expect(
      found.map(({ Rule, Message, Location }) => `${Rule.Id} ${Location.Path.join('/')}: ${Message}`),
    ).toEqual([]);
  });

  it('breaks each rule that is ignored: none is ignored in vain', () => {
    const broken = new Set(findings.map(({ Rule }) => Rule.Id));
    expect(Object.keys(IGNORED).filter((rule) => !broken.has(rule))).toEqual([]);
  });

  it('finds nothing in the policies for a deployment: each action exists, and takes the resources of its statement', async () => {
    const policies = POLICY_FILES.map(({ path, document }) => [
      path.replaceAll(/\W/g, ''),
      { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } },
    ]);
    const template = join(directory, 'policies.json');
    writeFileSync(template, JSON.stringify({ Resources: Object.fromEntries(policies) }));
    const programs = await pythonWith(REQUIREMENTS);
    const { stdout } = await start(
      join(programs, 'cfn-lint'),
      ['--include-checks', 'I', '--regions', 'us-east-1', '--', template],
      {},
    ).ended;
    expect(stdout).toBe('');
  });

  it('has the registry from which the permissions of the resource types are', async () => {
    const python = join(await pythonWith(REQUIREMENTS), 'python');
    const script = 'test/judges/cfn-lint/handler-permissions.py';
    const printed = await run(python, [script, ...Object.keys(HANDLER_PERMISSIONS)]);
    expect(JSON.parse(printed)).toEqual(HANDLER_PERMISSIONS);
  });
});
