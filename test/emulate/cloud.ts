import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cachedSynthesis } from '../support/cached-synthesis.ts';
import { type Ended, start } from '../support/child-process.ts';
import { GAPS, type Gap } from './gaps.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { ACCOUNT, type Ministack, REGION } from './ministack.ts';
import type { Template } from './template.ts';

/** A custom resource that never answers would keep the CDK waiting for an hour. */
const DEPLOYMENT_MS = 180_000;

/** Synthesise the stage `dev` with other settings. Hook URLs on loopback are allowed. */
export async function synthesizeDev(outputDir: string, settings: object = {}): Promise<void> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const dev = { ...context.stages.dev, allowLocalDestinations: true, ...settings };
  cpSync(await cachedSynthesis({ stage: 'dev', stages: { dev } }), outputDir, { recursive: true });
}

/** Of stacks of Ancrage, not of their web ACLs. The output of several syntheses may be in one folder. */
const templateFiles = (assembly: string): readonly string[] =>
  readdirSync(assembly)
    .filter((file) => /^Ancrage-[a-z]+\.template\.json$/.test(file))
    .map((file) => join(assembly, file));

const readTemplate = (file: string): Template => JSON.parse(readFileSync(file, 'utf8'));

export function readTemplateOf(assembly: string): Template {
  const [file] = templateFiles(assembly);
  if (file === undefined) throw new Error(`${assembly} has no template.`);
  return readTemplate(file);
}

/** Change templates for the emulator. @returns the gaps that had something to change */
export function leaveGapsOut(assembly: string, gaps: readonly Gap[] = GAPS): readonly Gap[] {
  const changing = new Set<Gap>();
  for (const file of templateFiles(assembly)) {
    const template = readTemplate(file);
    for (const gap of gaps) if (gap.change(template)) changing.add(gap);
    writeFileSync(file, JSON.stringify(template));
  }
  return [...changing];
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
  return reachable(outputsFile);
}

/** Give the API in a file of outputs an address that resolves. */
export async function reachable(outputsFile: string): Promise<Deployed> {
  if (!existsSync(outputsFile)) throw new Error('cdk deploy wrote no outputs.');
  const stacks: Record<string, Record<string, string>> = JSON.parse(readFileSync(outputsFile, 'utf8'));
  const [name, given] = Object.entries(stacks).find(([, { ApiUrl }]) => ApiUrl !== undefined) ?? [];
  if (name === undefined || given?.ApiUrl === undefined) throw new Error('The outputs lack ApiUrl.');
  const gateway = await startGateway(given.ApiUrl);
  // Layers are a gap, so the console's files are not there, and the smoke test must not look for its page.
  const { ConsoleUrl: _, ...others } = given;
  const outputs = { ...others, ApiUrl: gateway.url };
  writeFileSync(outputsFile, JSON.stringify({ ...stacks, [name]: outputs }));
  return { outputsFile, outputs, gateway };
}
