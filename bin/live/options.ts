import { randomBytes } from 'node:crypto';
import { InvalidArgumentError } from 'commander';

export interface LiveOptions {
  readonly stage: string;
  readonly region: string;
  /** @default no second region */
  readonly secondRegion: string | undefined;
  /** A folder, tag or commit of the release to upgrade from. @default no upgrade */
  readonly from: string | undefined;
  /** Settings of the stage beside those of a live run, as `cdk.json` has them. */
  readonly settings: { readonly domain?: { readonly name: string } };
  /** How many events the load publishes in each way. */
  readonly events: number;
  /** Whether everything stays. */
  readonly keep: boolean;
}

/**
 * What a run removes is found by the stage's name, so no stage of another kind may match, and none may begin with another.
 */
const STAGE = /^live-[a-z0-9]{2,15}$/;

export const randomStage = (): string => `live-${randomBytes(3).toString('hex')}`;

/** Refuse the names of stages that are not thrown away, such as `dev` and `prod`. */
export function stageOf(text: string): string {
  if (!STAGE.test(text))
    throw new InvalidArgumentError(
      'It must be "live-" and 2 to 15 lower-case letters and digits: everything of the stage is removed in the end.',
    );
  return text;
}

export function regionOf(text: string): string {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(text))
    throw new InvalidArgumentError('It must be a region such as eu-west-1.');
  return text;
}

/** Read a hosted zone: `Z0123456789:example.com`. */
export function zoneOf(text: string): { readonly id: string; readonly name: string } {
  const [, id, name] = /^(Z[A-Z0-9]+):([a-z0-9.-]+)$/.exec(text) ?? [];
  if (id === undefined || name === undefined)
    throw new InvalidArgumentError(
      'It must be the id and the name of a zone, such as Z0123456789:example.com.',
    );
  return { id, name };
}
