import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AdminError } from '../admin/errors.ts';
import type { Place } from './place.ts';
import type { Programs } from './programs.ts';

/** A version of Ancrage: this one, or the checkout of a release, with its dependencies. */
export interface Checkout {
  readonly folder: string;
  /** How the report names it. */
  readonly name: string;
}

interface CdkJson {
  readonly app: string;
  readonly context: { readonly stages?: Readonly<Record<string, object>> };
}

const readCdkJson = ({ folder }: Checkout): CdkJson =>
  JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));

/** The settings of the checkout's own stage `dev`. */
export const devSettings = (checkout: Checkout): object => readCdkJson(checkout).context.stages?.dev ?? {};

export const stackOf = (stage: string): string => `Ancrage-${stage}`;

/**
 * Synthesise a stage that no `cdk.json` has, and so without the CDK's command line, whose context would override this one.
 *
 * @returns the folder of the cloud assembly
 */
export async function synthesize(
  programs: Programs,
  place: Place,
  checkout: Checkout,
  { stage, settings, folder }: { stage: string; settings: object; folder: string },
): Promise<string> {
  const { app, context } = readCdkJson(checkout);
  rmSync(folder, { recursive: true, force: true });
  await programs.succeed({
    ...{ command: app, shell: true, cwd: checkout.folder },
    env: {
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({
        ...context,
        // The CDK's command line sets these two.
        'aws:cdk:enable-path-metadata': true,
        'aws:cdk:enable-asset-metadata': true,
        ...{ stage, stages: { [stage]: { ...settings, ...place.settings } } },
      }),
    },
  });
  const template = join(folder, `${stackOf(stage)}.template.json`);
  if (!existsSync(template)) throw new AdminError(`${checkout.name} synthesised no ${stackOf(stage)}.`);
  place.adapt(template);
  return folder;
}
