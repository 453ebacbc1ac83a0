import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

describe.each(globSync('examples/github-actions/*.yml'))('the workflow %s', (path) => {
  const workflow = readFileSync(path, 'utf8');

  it('runs scripts of the package only', () => {
    const called = all(workflow, /npm run ([\w:-]+)/g);
    expect(called.length).toBeGreaterThan(1);
    expect(called.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('names each action by a commit, with its version beside it', () => {
    const lines = all(workflow, /uses: (.+)/g);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('grants nothing but to a job, and there reading the repository and a token by OIDC', () => {
    expect(workflow).toMatch(/^permissions: \{\}$/m);
    expect([...new Set(all(workflow, /^ {6}([\w-]+: (?:read|write))$/gm))].toSorted()).toEqual([
      'contents: read',
      'id-token: write',
    ]);
    expect(workflow).not.toMatch(/secrets\.|aws-access-key-id/);
  });

  it('lets no shell read an expression, whose value others choose', () => {
    const commands = workflow.split('\n').filter((line) => /(npm|npx|aws|test) .*\$\{\{/.test(line));
    expect(commands).toEqual([]);
  });
});

it('the check of a pull request refuses what docs/upgrading.md refuses, in lines as the CDK prints them', () => {
  const workflow = readFileSync('examples/github-actions/deploy.yml', 'utf8');
  const pattern = new RegExp(all(workflow, /! grep -E '(.+)' diff\.txt/g)[0] ?? '^');
  const isRefused = (line: string) => pattern.test(line);
  const [queue, table] = [
    'AWS::SQS::Queue Default/Events/Queue EventsQueue7396B467',
    'AWS::DynamoDB::Table Default/Data/Table X',
  ];
  expect(
    [
      `[-] ${queue} destroy`,
      `[-] ${table} orphan`,
      `[~] ${queue} replace`,
      `[~] ${table} may be replaced`,
    ].filter((line) => !isRefused(line)),
  ).toEqual([]);
  expect(
    [
      `[~] ${queue}`,
      `[+] ${table}`,
      '[-] AWS::Logs::QueryDefinition Default/Monitoring/Queries/errors X destroy',
      '[~] AWS::SQS::QueuePolicy Default/Events/Queue/Policy X replace',
    ].filter(isRefused),
  ).toEqual([]);
});
