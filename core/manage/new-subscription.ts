import type { NewSubscription } from '../api-schemas/subscription.ts';
import { type CreationSeed, newSeed } from '../model/creation-seed.ts';
import { newFlow } from '../model/flow.ts';
import { newSecret } from '../model/signing-secret.ts';
import {
  type DialectSettings,
  dialectDefaults,
  type Subscription,
  subscriptionDefaults,
} from '../model/subscription.ts';
import { formats } from '../request/formats.ts';

export const subscriptionId = ({ ulid }: CreationSeed) => `sub_${ulid}`;

/** Return the first version of a subscription with these settings. */
export function newSubscription(
  project: string,
  given: NewSubscription,
  dialect: Partial<DialectSettings>,
  seed: CreationSeed,
): Subscription {
  const at = new Date(seed.at).toISOString();
  const { secret = newSecret(seed.entropy), ...said } = given;
  const defaults = { ...subscriptionDefaults, ...formats[said.format ?? '']?.defaults };
  const settings = { ...defaults, ...withoutUndefined(said) };
  return {
    ...dialectDefaults,
    ...settings,
    ...dialect,
    id: subscriptionId(seed),
    project,
    disabledReason: settings.enabled ? null : 'manual',
    flow: newFlow(at),
    cancelledUntil: null,
    secrets: [{ secret, expiresAt: null }],
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

/** Return a subscription that is not stored, for a preview. */
export const draftSubscription = (project: string, given: NewSubscription, now: number): Subscription =>
  newSubscription(project, given, {}, newSeed(now));

/** A schema's optional fields are absent, not undefined. */
type Present<Given> = { [Key in keyof Given]: Exclude<Given[Key], undefined> };

export function withoutUndefined<Given extends object>(given: Given): Present<Given> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Present<Given>;
}
