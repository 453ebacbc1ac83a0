import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { synthesize } from '../../local/synthesize.ts';
import { type Ended, start } from '../support/child-process.ts';
import { GAPS, type Gap } from './gaps.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { ACCOUNT, type Ministack, REGION } from './ministack.ts';
import type { Template } from './template.ts';

const STACK = 'Ancrage-dev';

/** A custom resource that never answers would keep the CDK waiting for an hour. */
const DEPLOYMENT_MS = 180_000;

/** Synthesise the stage `dev` with other settings. Hook URLs on loopback are allowed. */
export async function synthesizeDev(outputDir: string, settings: object = {}): Promise<void> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const dev = { ...context.stages.dev, allowLocalDestinations: true, ...settings };
  await synthesize({ outputDir, guard: false, context: { stage: 'dev', stages: { dev } } });
}

const templateFile = (assembly: string) => join(assembly, `${STACK}.template.json`);

export const readTemplateOf = (assembly: string): Template =>
  JSON.parse(readFileSync(templateFile(assembly), 'utf8'));

/** Change a template for the emulator. @throws Error if one of its gaps has nothing to change */
export function leaveGapsOut(assembly: string, gaps: readonly Gap[] = GAPS): void {
  const template = readTemplateOf(assembly);
  for (const gap of gaps)
    if (!gap.change(template)) throw new Error(`A gap changes nothing of the template: ${gap.reason}`);
  writeFileSync(templateFile(assembly), JSON.stringify(template));
}

/** Run a program of this project in the emulator's environment. @throws Error with its output if it fails */
export async function run(
  ministack: Ministack,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  ms = 2 * DEPLOYMENT_MS,
): Promise<Ended> {
  const { child, ended } = start(process.execPath, [resolve(file), ...args], {
    env: { ...ministack.environment, ...env },
  });
  const timer = setTimeout(() => child.kill(), ms);
  const result = await ended.finally(() => clearTimeout(timer));
  if (result.exitCode !== 0)
    throw new Error(
      `${file} ${args.join(' ')} exited with ${result.exitCode}:\n${result.stdout}${result.stderr}`,
    );
  return result;
}

/** Run a command of the CDK. */
const cdk = (ministack: Ministack, args: readonly string[]) =>
  run(ministack, 'node_modules/aws-cdk/bin/cdk', [...args, '--no-notices'], { CI: 'true' }, DEPLOYMENT_MS);

/** Create the CDK's own stack, whose bucket has a policy that may need the same changes as ours. */
export async function bootstrap(
  ministack: Ministack,
  directory: string,
  gaps: readonly Gap[],
): Promise<void> {
  const template = (await cdk(ministack, ['bootstrap', '--show-template', '--json'])).json();
  for (const gap of gaps) gap.change(template);
  const file = join(directory, 'bootstrap.template.json');
  writeFileSync(file, JSON.stringify(template));
  await cdk(ministack, ['bootstrap', `aws://${ACCOUNT}/${REGION}`, '--template', file]);
}

export const destroy = (ministack: Ministack, assembly: string) =>
  cdk(ministack, ['destroy', '--force', '--app', assembly]);

export interface Deployed {
  /** The file of the outputs, with an address of the API that resolves. */
  readonly outputsFile: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly gateway: Gateway;
}

/** Deploy, or update what is deployed. */
export async function deploy(ministack: Ministack, assembly: string, directory: string): Promise<Deployed> {
  const outputsFile = join(directory, 'cdk-outputs.json');
  await cdk(ministack, [
    ...['deploy', '--app', assembly, '--require-approval', 'never'],
    ...['--outputs-file', outputsFile],
  ]);
  if (!existsSync(outputsFile)) throw new Error('cdk deploy wrote no outputs.');
  const { [STACK]: given } = JSON.parse(readFileSync(outputsFile, 'utf8'));
  const gateway = await startGateway(given.ApiUrl);
  const outputs = { ...given, ApiUrl: gateway.url };
  writeFileSync(outputsFile, JSON.stringify({ [STACK]: outputs }));
  return { outputsFile, outputs, gateway };
}
