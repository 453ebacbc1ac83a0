import { expect, it } from 'vitest';
import { readGuide } from '../emulate/guide.ts';

it('the page about deploying has commands from the bootstrap to the end of the stack', () => {
  const { commands, skipped } = readGuide('docs/deploying.md', ['With Terraform']);
  expect(commands[0]).toMatch(/^npx cdk bootstrap/);
  expect(commands.at(-1)).toMatch(/^npx cdk destroy/);
  expect(skipped.get('With Terraform')).toHaveLength(2);
  expect(commands.filter((command) => /terraform/.test(command))).toEqual([]);
  expect(commands.filter((command) => command.startsWith('policies=()\n'))).toEqual([]);
  const loop = commands.find((command) => command.startsWith('for name in'));
  expect(loop).toMatch(/done$/);
});
