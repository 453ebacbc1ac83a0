import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elapsed, exactTime } from '../../../console/src/format/time.ts';

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

  it('since when something lasts are rounded down to one unit', () => {
    expect(elapsed(5 * 60_000 + 59_000, 'en')).toBe('5 min');
    expect(elapsed(5 * 60_000, 'fr')).toBe('5\u00a0min');
    expect(elapsed(26 * 3_600_000, 'en')).toBe('1 day');
    expect(elapsed(-1, 'en')).toBe('0 sec');
  });
});
