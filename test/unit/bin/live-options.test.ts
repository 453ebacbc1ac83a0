import { describe, expect, it } from 'vitest';
import { estimate } from '../../../bin/live/estimate.ts';
import { randomStage, stageOf, zoneOf } from '../../../bin/live/options.ts';
import { formatOf, needOf, releaseSettings, settingsOf } from '../../../bin/live/settings.ts';
import { stageConfig } from '../../../lib/config.ts';

describe('the stage of a live run', () => {
  it.each([
    'dev',
    'prod',
    'local',
    'live',
    'live-',
    'live-a',
    'live-a-b',
    'live-AB',
    'live-1234567890123456',
    'delive-ab',
  ])('is never called %s', (name) => expect(() => stageOf(name)).toThrow('It must be "live-"'));

  it('has a random name that is accepted', () => {
    const name = randomStage();
    expect(stageOf(name)).toBe(name);
    expect(randomStage()).not.toBe(name);
  });

  it('leaves nothing behind, and is otherwise like one that is kept', () => {
    const config = stageConfig({ stage: 'live-ab', ...settingsOf({}, undefined) });
    expect(config).toMatchObject({
      ...{ retainData: false, terminationProtection: false, canary: undefined },
      ...{ encryptionKey: true, pointInTimeRecovery: true, monitoring: true, writeFormat: 2 },
    });
  });

  const lanesWith = (unreserved: number | undefined) =>
    Object.values(
      needOf(
        'live-ab',
        settingsOf({}, unreserved === undefined ? undefined : { concurrent: unreserved, unreserved }),
      ).lanes,
    );

  it('has small lanes where the account’s quota has no room for the default ones', () => {
    for (const unreserved of [undefined, 10, 439]) expect(lanesWith(unreserved)).toEqual([2, 2, 2, 2, 2]);
    expect(lanesWith(440)).toEqual([20, 20, 200, 50, 50]);
  });

  it('begins with the settings of the release’s own stage, and its format', () => {
    expect(releaseSettings({ maxLogs: 1 })).toEqual({ maxLogs: 1, retainData: false });
    expect([formatOf({}), formatOf({ writeFormat: 2 })]).toEqual([1, 2]);
  });
});

describe('the options of a live run', () => {
  it('have a hosted zone with its id and its name', () => {
    expect(zoneOf('Z0123456789:example.com')).toEqual({ id: 'Z0123456789', name: 'example.com' });
    for (const text of ['Z0123456789', 'example.com', ':', 'z1:example.com'])
      expect(() => zoneOf(text)).toThrow('the id and the name of a zone');
  });

  it('cost more with a second region, and with more events', () => {
    const one = { region: 'eu-west-1', secondRegion: undefined, events: 100 };
    const cheapest = estimate(one);
    expect(cheapest).toBeGreaterThan(0);
    expect(estimate({ ...one, secondRegion: 'eu-central-1' })).toBeGreaterThan(cheapest);
    expect(estimate({ ...one, events: 1000 })).toBeGreaterThan(cheapest);
  });
});
