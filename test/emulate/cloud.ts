import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Ended, start } from '../support/child-process.ts';
import type { Gap } from './gaps/gap.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { ACCOUNT, type Ministack } from './ministack.ts';

/** A custom resource that never answers would keep the CDK waiting for an hour. */
const DEPLOYMENT_MS = 180_000;

type Environment = Pick<Ministack, 'environment'>;

/** Run a program of this project in the emulator's environment. @throws Error with its output if it fails */
export async function run(
  ministack: Environment,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  ms = 2 * DEPLOYMENT_MS,
): Promise<Ended> {
  const result = await ended(ministack, file, args, env, ms);
  if (result.exitCode !== 0)
    throw new Error(
      `${file} ${args.join(' ')} exited with ${result.exitCode}:\n${result.stdout}${result.stderr}`,
    );
  return result;
}

/** The same, but it may fail. */
export async function ended(
  ministack: Environment,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ms: number,
): Promise<Ended> {
  const { child, ended } = start(process.execPath, [resolve(file), ...args], {
    env: { ...ministack.environment, ...env },
  });
  const timer = setTimeout(() => child.kill(), ms);
  return ended.finally(() => clearTimeout(timer));
}

/** Run a command of the CDK. */
const cdk = (ministack: Ministack, args: readonly string[]) =>
  run(ministack, 'node_modules/aws-cdk/bin/cdk', [...args, '--no-notices'], { CI: 'true' }, DEPLOYMENT_MS);

/** Create the CDK's own stack in each region. Its bucket has a policy that may need the same changes as ours. */
export async function bootstrap(
  ministack: Ministack,
  directory: string,
  gaps: readonly Gap[],
  regions: readonly string[],
): Promise<void> {
  const template = (await cdk(ministack, ['bootstrap', '--show-template', '--json'])).json();
  for (const gap of gaps) gap.change(template);
  const file = join(directory, 'bootstrap.template.json');
  writeFileSync(file, JSON.stringify(template));
  const environments = regions.map((region) => `aws://${ACCOUNT}/${region}`);
  await cdk(ministack, ['bootstrap', ...environments, '--template', file]);
}

export const destroy = (ministack: Ministack, assembly: string) =>
  cdk(ministack, ['destroy', '--all', '--force', '--app', assembly]);

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
    ...['deploy', '--all', '--app', assembly, '--require-approval', 'never'],
    ...['--outputs-file', outputsFile],
  ]);
  return reachable(outputsFile, ministack);
}

/** Give the API in a file of outputs an address that resolves. */
export async function reachable(outputsFile: string, { endpoint }: Ministack): Promise<Deployed> {
  if (!existsSync(outputsFile)) throw new Error('cdk deploy wrote no outputs.');
  const stacks: Record<string, Record<string, string>> = JSON.parse(readFileSync(outputsFile, 'utf8'));
  const [name, given] = Object.entries(stacks).find(([, { ApiUrl }]) => ApiUrl !== undefined) ?? [];
  if (name === undefined || given?.ApiUrl === undefined) throw new Error('The outputs lack ApiUrl.');
  const gateway = await startGateway(given.ApiUrl, endpoint);
  // Layers are a gap, so the console's files are not there, and the smoke test must not look for its page.
  const { ConsoleUrl: _, ...others } = given;
  const outputs = { ...others, ApiUrl: gateway.url };
  writeFileSync(outputsFile, JSON.stringify({ ...stacks, [name]: outputs }));
  return { outputsFile, outputs, gateway };
}
