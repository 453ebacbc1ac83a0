import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedSynthesis } from '../support/cached-synthesis.ts';
import { run } from './cloud.ts';
import type { Gap } from './gaps/gap.ts';
import type { Template } from './gaps/template.ts';
import { type Ministack, REGION } from './ministack.ts';

/** The stage `dev`, as three deployments have it one after the other. */
export const SETTINGS = {
  dev: {},
  aliases: { canary: true },
  changed: { canary: true, retentionDays: 45 },
};

const LOCAL_HOOKS = { allowLocalDestinations: true };

/** Synthesise the stage `dev` with other settings. Hook URLs on loopback are allowed. */
export async function synthesizeDev(outputDir: string, settings: object = {}): Promise<void> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const dev = { ...context.stages.dev, ...LOCAL_HOOKS, ...settings };
  cpSync(await cachedSynthesis({ stage: 'dev', stages: { dev } }), outputDir, { recursive: true });
}

/** Synthesise a stage of the emulator's account, as the CDK does. Hook URLs on loopback are allowed. */
export async function synthesizeStage(
  ministack: Ministack,
  outputDir: string,
  stage: string,
  settings: object,
): Promise<void> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  await run(ministack, 'bin/ancrage.ts', [], {
    ...{ CDK_OUTDIR: outputDir, CDK_DEFAULT_REGION: REGION },
    CDK_CONTEXT_JSON: JSON.stringify({
      ...context,
      'aws:cdk:enable-path-metadata': true,
      ...{ stage, stages: { [stage]: { ...settings, ...LOCAL_HOOKS } } },
    }),
  });
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
export function leaveGapsOut(assembly: string, gaps: readonly Gap[]): readonly Gap[] {
  const changing = new Set<Gap>();
  for (const file of templateFiles(assembly)) {
    const template = readTemplate(file);
    for (const gap of gaps) if (gap.change(template)) changing.add(gap);
    writeFileSync(file, JSON.stringify(template));
  }
  return [...changing];
}
