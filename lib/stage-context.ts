import type { Node } from 'constructs';
import { SETTINGS, SettingsError, stageConfig } from './config.ts';
import type { AncrageSettings } from './settings.ts';

const DEFAULT_STAGE = 'dev';

/**
 * Read the settings of a stage from the CDK context: its entry under `stages` in `cdk.json`, overridden by single
 * settings such as `cdk deploy -c stage=prod -c logRetentionDays=90`. Objects and lists on the command line are JSON.
 *
 * @throws SettingsError that lists every fault at once
 */
export function readStage(node: Node): AncrageSettings {
  const stage: unknown = node.tryGetContext('stage') ?? DEFAULT_STAGE;
  const stages: unknown = node.tryGetContext('stages') ?? {};
  const known = Object.keys(Object(stages));
  // A typo would otherwise deploy another, empty stack.
  if (typeof stage === 'string' && known.length > 0 && !known.includes(stage))
    throw new SettingsError(`cdk.json has no stage "${stage}"; its "stages" are ${known.join(', ')}.`);
  const single = SETTINGS.map((name) => [name, contextValue(node.tryGetContext(name))] as const);
  const settings = {
    ...(stages as Record<string, object>)[String(stage)],
    ...Object.fromEntries(single.filter(([, value]) => value !== undefined)),
    stage,
  } as AncrageSettings;
  stageConfig(settings);
  return settings;
}

/** Parse objects and lists from the command line, which passes every value as a string. */
function contextValue(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // The validation of the settings reports the invalid value.
    return value;
  }
}
