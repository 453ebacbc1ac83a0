import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { BEHIND_CLOUDFRONT, EVERY_SETTING } from '../infra/every-setting.ts';

const run = promisify(execFile);

/** The stages that are judged, with their settings. */
const STAGES = {
  dev: { stage: 'dev' },
  prod: { stage: 'prod' },
  everything: EVERY_SETTING,
  behind: BEHIND_CLOUDFRONT,
};

type StageName = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as StageName[];

/**
 * Run the app as `cdk synth` does for the stages dev, prod, one with every setting and one behind CloudFront, but without bundling the functions, which
 * other tests do. Each has a folder of its name in the directory.
 *
 * @returns the paths of the templates of each stage
 */
export async function synthesizeStages(directory: string): Promise<Record<StageName, string[]>> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const common = {
    ...context,
    'aws:cdk:bundling-stacks': [],
    'aws:cdk:enable-path-metadata': true,
    stages: {},
  };
  const runs = Object.entries(STAGES).map(([name, settings]) => ({
    app: `${pathToFileURL('bin/ancrage.ts')}?${name}`,
    CDK_OUTDIR: join(directory, name),
    CDK_CONTEXT_JSON: JSON.stringify({ ...common, ...settings }),
  }));
  // In one process, because loading the CDK and its rules takes longer than a synthesis.
  const script = `for (const { app, ...env } of ${JSON.stringify(runs)}) {
    Object.assign(process.env, env);
    await import(app);
  }`;
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, CDK_DEFAULT_REGION: 'eu-west-1' },
  });
  const templatesOf = (name: StageName) =>
    readdirSync(join(directory, name))
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => join(directory, name, file));
  return Object.fromEntries(STAGE_NAMES.map((name) => [name, templatesOf(name)])) as Record<
    StageName,
    string[]
  >;
}
