import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdminError } from '../admin/errors.ts';
import { stackOf } from './assembly.ts';
import type { Place } from './place.ts';
import type { Programs } from './programs.ts';

const CDK = join(import.meta.dirname, '../../node_modules/aws-cdk/bin/cdk');

export interface Target {
  readonly stage: string;
  readonly region: string;
  /** Where the file of the outputs goes. */
  readonly folder: string;
}

/** Deploy an assembly with the CDK. @returns the file of the outputs, as `npm run smoke` reads it */
export async function deploy(
  programs: Programs,
  place: Place,
  assembly: string,
  { stage, region, folder }: Target,
): Promise<string> {
  const stack = stackOf(stage);
  const file = join(folder, `outputs-${region}.json`);
  await programs.succeed({
    command: process.execPath,
    args: [
      ...[CDK, 'deploy', stack, '--app', assembly, '--require-approval', 'never'],
      ...['--outputs-file', file, '--progress', 'events', '--no-notices'],
    ],
    env: { AWS_REGION: region, CI: 'true' },
  });
  const { [stack]: outputs } = JSON.parse(readFileSync(file, 'utf8'));
  if (outputs === undefined) throw new AdminError(`The CDK wrote no outputs of ${stack}.`);
  writeFileSync(file, JSON.stringify({ [stack]: await place.reach(outputs) }));
  return file;
}
