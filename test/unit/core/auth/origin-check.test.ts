import { describe, expect, it } from 'vitest';
import { originCheck } from '../../../../core/auth/origin-check.ts';
import { UnavailableError } from '../../../../core/kernel/errors.ts';
import { recordedLog } from '../../../support/in-memory/log.ts';

/** A check of a secret that the test changes, with its clock. */
function scene() {
  const { log, lines } = recordedLog();
  const stage = { text: '{"current":"one"}' as string | Error, now: 0, reads: 0, readingTakes: 0 };
  const read = async () => {
    stage.reads += 1;
    stage.now += stage.readingTakes;
    if (stage.text instanceof Error) throw stage.text;
    return stage.text;
  };
  return { stage, lines, check: originCheck({ read, clock: () => stage.now, log }) };
}

const BROKEN = new Error('Secrets Manager does not respond.');

describe('the check of the origin header', () => {
  it('reads the secret once a minute, whatever the requests have', async () => {
    const { stage, check } = scene();
    for (let second = 0; second < 60; second += 1) {
      stage.now = second * 1000;
      expect(await check('one')).toBe(true);
      expect(await check(`guess ${second}`)).toBe(false);
    }
    expect(stage.reads).toBe(1);
    stage.now = 60_000;
    await check('one');
    expect(stage.reads).toBe(2);
  });

  it('reads it once for simultaneous requests', async () => {
    const { stage, check } = scene();
    expect(await Promise.all([check('one'), check('two'), check(undefined)])).toEqual([true, false, false]);
    expect(stage.reads).toBe(1);
  });

  it('accepts an added value, and rejects a removed one, within a minute', async () => {
    const { stage, check } = scene();
    await check('one');
    stage.text = '{"current":"one","next":"two"}';
    stage.now += 60_000;
    expect([await check('one'), await check('two')]).toEqual([true, true]);
    stage.text = '{"current":"two"}';
    stage.now += 60_000;
    expect([await check('one'), await check('two')]).toEqual([false, true]);
  });

  it('counts the minute from before the secret is read', async () => {
    const { stage, check } = scene();
    stage.readingTakes = 30_000;
    await check('one');
    stage.now = 60_000;
    await check('one');
    expect(stage.reads).toBe(2);
  });

  it('keeps to what it knows while the secret cannot be read, and tries again every five seconds', async () => {
    const { stage, lines, check } = scene();
    await check('one');
    stage.text = BROKEN;
    stage.now = 60_000;
    expect([await check('one'), await check('two')]).toEqual([true, false]);
    stage.now = 64_999;
    await check('one');
    expect(stage.reads).toBe(2);
    stage.text = '{"current":"two"}';
    stage.now = 65_000;
    expect([await check('one'), await check('two')]).toEqual([false, true]);
    expect(lines.map(({ message }) => message)).toEqual(['origin secret not read']);
  });

  it('lets nothing through as long as it has never read the secret', async () => {
    const { stage, check } = scene();
    stage.text = BROKEN;
    await expect(check('one')).rejects.toThrow(UnavailableError);
    stage.text = '{"current":""}';
    await expect(check('')).rejects.toThrow(UnavailableError);
    stage.text = '{"current":"one"}';
    expect(await check('one')).toBe(true);
  });
});
