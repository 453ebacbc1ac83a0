import { existsSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { leaveOut } from '../emulate/gaps/template.ts';
import { readGuide } from '../emulate/guide.ts';
import { memoryOf } from '../emulate/memory.ts';
import { start } from '../support/child-process.ts';
import { eventually } from '../support/eventually.ts';

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

it('what is left out of a template for the emulator is in no output either', () => {
  const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
  const address = { Type: 'AWS::EC2::EIP', Properties: {} };
  const template = {
    Resources: { Queue: queue, Address: address },
    Outputs: {
      Queue: { Value: { Ref: 'Queue' } },
      Both: { Value: { 'Fn::Join': [',', [{ Ref: 'Queue' }, { 'Fn::GetAtt': ['Address', 'PublicIp'] }]] } },
    },
  };
  expect(leaveOut(template, /^AWS::CodeDeploy::/)).toBe(false);
  expect(leaveOut(template, 'AWS::EC2::EIP')).toBe(true);
  expect(template).toEqual({
    Resources: { Queue: queue },
    Outputs: { Queue: { Value: { Ref: 'Queue' } } },
  });
});

it.runIf(existsSync('/proc/self/smaps_rollup'))(
  'the memory of an emulator includes that of the processes that its processes start',
  async () => {
    const MEGABYTES = 300;
    const hold = `globalThis.held = Buffer.alloc(${MEGABYTES}e6, 1); setInterval(() => {}, 1000);`;
    const node = JSON.stringify(process.execPath);
    // The shell starts another one, which starts Node.
    const { child, ended } = start('sh', ['-c', `(${node} -e '${hold}'; true); true`], { detached: true });
    onTestFinished(async () => {
      process.kill(-(child.pid ?? 0));
      await ended;
    });
    const { proportional, resident } = await eventually('the memory is there', () => {
      const memory = memoryOf(child.pid ?? 0);
      return memory.proportional > MEGABYTES * 1e6 && memory;
    });
    expect(proportional).toBeLessThanOrEqual(resident);
  },
);
