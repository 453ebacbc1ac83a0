import { LANES } from '../../core/contract.ts';
import { concurrencyOf } from '../../lib/concurrency.ts';
import { SettingsError, stageConfig } from '../../lib/config.ts';
import { UsageError } from '../admin/errors.ts';
import type { Need, Quota } from '../concurrency/advice.ts';

/**
 * The settings of a throw-away stage: what a stage that is kept has, but nothing outlives the stack. A canary would only make each
 * deployment ten minutes longer.
 */
const THROW_AWAY = {
  writeFormat: 2,
  retainData: false,
  encryptionKey: true,
  pointInTimeRecovery: true,
  monitoring: true,
  logRetentionDays: 1,
};

/** Lambda accepts no smaller lanes. A new account may have ten concurrent executions. */
const SMALL_LANES = Object.fromEntries(LANES.map((lane) => [lane, { maxConcurrency: 2 }]));
/** The API runs beside the lanes. */
const BESIDE_LANES = 100;

/** Return the settings of a stage, with small lanes if the account's quota has no room for the default ones. */
export function settingsOf(given: object, quota: Quota | undefined): object {
  const all = Object.values(needOf('live-xx', {}).lanes).reduce((sum, lane) => sum + lane, BESIDE_LANES);
  const isSmall = quota === undefined || quota.unreserved < all;
  return { ...THROW_AWAY, ...(isSmall && { lanes: SMALL_LANES }), ...given };
}

/** @throws UsageError that lists every fault of the settings */
export function checkSettings(stage: string, given: object): void {
  try {
    needOf(stage, settingsOf(given, undefined));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new UsageError(error.message);
  }
}

/** What a stage takes of the account's quota. @throws SettingsError */
export const needOf = (stage: string, settings: object): Need =>
  concurrencyOf(stageConfig({ ...settings, stage }));

/** The settings of the release: those of its own stage `dev`, because it may not know others. */
export const releaseSettings = (dev: object): object => ({ ...dev, retainData: false });

/** The format that a release writes, and that this version must keep to while functions of the release run. */
export const formatOf = (release: { readonly writeFormat?: 1 | 2 }): 1 | 2 => release.writeFormat ?? 1;
