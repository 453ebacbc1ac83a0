import type { Node } from 'constructs';
import { SETTINGS, SettingsError, stageConfig } from './config.ts';
import type { AncrageSettings } from './settings.ts';

const DEFAULT_STAGE = 'dev';

/**
 * Reads a stage from the CDK context: its entry among `stages` of `cdk.json`, and over it whatever is given by itself,
 * as by `cdk deploy -c stage=prod -c logRetentionDays=90`; objects and lists are given as JSON.
 *
 * @throws SettingsError that lists every fault at once
 */
export function readStage(node: Node): AncrageSettings {
  const stage: unknown = node.tryGetContext('stage') ?? DEFAULT_STAGE;
  const stages: unknown = node.tryGetContext('stages') ?? {};
  const known = Object.keys(Object(stages));
  // A slip of the pen would otherwise be another stack, empty and paid for.
  if (typeof stage === 'string' && known.length > 0 && !known.includes(stage))
    throw new SettingsError(`cdk.json has no stage "${stage}" among its "stages": ${known.join(', ')}.`);
  const single = SETTINGS.map((name) => [name, contextValue(node.tryGetContext(name))] as const);
  const settings = {
    ...(stages as Record<string, object>)[String(stage)],
    ...Object.fromEntries(single.filter(([, value]) => value !== undefined)),
    stage,
  } as AncrageSettings;
  stageConfig(settings);
  return settings;
}

/** The command line has texts alone. */
function contextValue(given: unknown): unknown {
  if (typeof given !== 'string' || !/^[[{]/.test(given)) return given;
  try {
    return JSON.parse(given);
  } catch {
    // It is told of as what it is not.
    return given;
  }
}
