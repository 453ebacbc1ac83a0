import { spawnSync } from 'node:child_process';
import { leaveGapsOut } from './assembly.ts';
import { gapsOf } from './gaps/gaps.ts';

/**
 * The CDK app of `cdk.json`, as the commands of a guide run it (`CDK_APP`) where AWS is an emulator: hook URLs on loopback are
 * allowed, and the template lacks what the emulator does.
 */

const { CDK_CONTEXT_JSON = '{}', CDK_OUTDIR = 'cdk.out' } = process.env;
const context = JSON.parse(CDK_CONTEXT_JSON);
const stages = Object.entries<object>(context.stages).map(([name, settings]) => [
  name,
  { ...settings, allowLocalDestinations: true },
]);
const { status } = spawnSync(process.execPath, ['bin/ancrage.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, stages: Object.fromEntries(stages) }),
  },
});
if (status !== 0) throw new Error(`bin/ancrage.ts exited with ${status}.`);
leaveGapsOut(CDK_OUTDIR, gapsOf());
