import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elapsed, exactTime, fieldTime, toField } from '../../../console/src/format/time.ts';

describe('times', () => {
  const at = '2026-11-21T20:04:48.000Z';
  beforeEach(() => {
    vi.stubEnv('TZ', 'Europe/Paris');
    vi.stubGlobal('navigator', { languages: ['en-GB', 'fr-FR'] });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('are shown with their zone, where the user is or in UTC', () => {
    expect(exactTime(at, 'en', 'local')).toBe('21 Nov 2026, 21:04:48 CET');
    expect(exactTime(at, 'en', 'utc')).toBe('21 Nov 2026, 20:04:48 UTC');
    expect(exactTime(at, 'fr', 'utc')).toBe('21 nov. 2026, 20:04:48 UTC');
  });

  it('are entered in the zone in which they are shown', () => {
    expect(toField(at, 'local')).toBe('2026-11-21T21:04');
    expect(toField(at, 'utc')).toBe('2026-11-21T20:04');
    expect(fieldTime('2026-11-21T21:04', 'local')).toBe('2026-11-21T20:04:00.000Z');
    expect(fieldTime('2026-11-21T20:04', 'utc')).toBe('2026-11-21T20:04:00.000Z');
    // An hour that there is in summer only.
    expect(fieldTime(toField('2026-07-01T00:00:00.000Z', 'local'), 'local')).toBe('2026-07-01T00:00:00.000Z');
  });

  it('of fields that are empty or incomplete, or of addresses that were edited, are none', () => {
    expect(fieldTime('', 'utc')).toBeUndefined();
    expect(fieldTime('nonsense', 'utc')).toBeUndefined();
    expect(toField('nonsense', 'utc')).toBe('');
  });

  it('since when something lasts are rounded down to one unit', () => {
    expect(elapsed(5 * 60_000 + 59_000, 'en')).toBe('5 min');
    expect(elapsed(5 * 60_000, 'fr')).toBe('5\u00a0min');
    expect(elapsed(26 * 3_600_000, 'en')).toBe('1 day');
    expect(elapsed(-1, 'en')).toBe('0 sec');
  });
});
