import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { start } from '../support/child-process.ts';
import { STAGE_NAMES, synthesizeStages } from '../support/stage-templates.ts';
import { describeWith, pythonWith } from '../support/tool-chains.ts';

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
    const programs = await pythonWith(resolve('test/judges/cfn-lint/requirements.txt'));
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
});
