import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TRACED_FUNCTIONS } from '../../core/contract.ts';
import { bundleFunction } from '../../lib/bundle.ts';

/** OpenTelemetry's SDK, in a stage that records spans. */
const MOST_KB_OF_SPANS = 65;

/** Every reason in both languages. Only a caller who reads French waits for it, and only the first one. */
const MOST_KB_OF_FRENCH = 60;

/**
 * A cold start takes time for every byte, needed or not. What a change adds on purpose is added here, too; the times
 * are in docs/performance.md.
 * The functions of the API that wake pumps load a client of SQS for it, which takes 30 KB, and those that read secrets a client
 * of KMS, which takes as much. Reading odd responses takes those that send 6 KB, following redirects 4 KB, the log of
 * exchanges in full 3 KB, keeping what CloudEvents say up to 5 KB, passing traces on 3 KB, and erasing 10 KB of deliver and
 * 3 KB of most others. The language of Frappe's templates and conditions takes those that compile or check them 50 KB, and the
 * names of HTML's characters 30 KB; `wordwrap`, members of dates and Python's refusals 4 KB. Checking what is saved against
 * samples and the latest events takes those that save subscriptions 10 to 16 KB, for the store of events and the making of
 * requests, and event-types 4 KB. Finding out which language a caller reads takes every function of the API 2 KB. The index of
 * unhealthy subscriptions takes those that know subscriptions 3 KB, its repair 14 KB of the sweeper, and the summary 9 KB. Choosing the event of a
 * test and resending chosen deliveries take a few more, and describing all of this takes the document 8 KB.
 */
const MOST_KB: Readonly<Record<string, number>> = {
  authenticate: 498,
  authorize: 398,
  deliver: 813,
  'entry-points': 785,
  erasures: 663,
  'event-log': 606,
  'event-types': 573,
  'fan-out': 740,
  frappe: 886,
  openapi: 474,
  projects: 612,
  publish: 538,
  pump: 819,
  replay: 625,
  subscriptions: 867,
  sweep: 439,
  trials: 886,
};

const LAMBDAS = resolve(import.meta.dirname, '../../lambdas');
const functions = readdirSync(LAMBDAS).filter((name) => existsSync(join(LAMBDAS, name, 'index.ts')));

let outputDir: string;
beforeAll(() => {
  outputDir = mkdtempSync(join(tmpdir(), 'ancrage-bundles-'));
  for (const name of functions) bundleFunction(name, join(outputDir, name));
});
afterAll(() => rmSync(outputDir, { recursive: true, force: true }));

test.each(TRACED_FUNCTIONS)('%s has the code for spans only in a stage that records them', (name) => {
  const traced = join(outputDir, `${name}-traced`);
  bundleFunction(name, traced, 'traced');
  const isInside = (directory: string) =>
    readFileSync(join(directory, 'index.js.map'), 'utf8').includes('node_modules/@opentelemetry/');
  expect([isInside(join(outputDir, name)), isInside(traced)]).toEqual([false, true]);
  const sizes = [traced, join(outputDir, name)].map((each) => statSync(join(each, 'index.js')).size);
  expect(((sizes[0] ?? 0) - (sizes[1] ?? 0)) / 1000).toBeLessThan(MOST_KB_OF_SPANS);
});

test('every function has a budget', () => {
  expect(Object.keys(MOST_KB).toSorted()).toEqual(functions.toSorted());
});

test.each(functions)('%s loads no more than its budget', (name) => {
  const { size } = statSync(join(outputDir, name, 'index.js'));
  expect(Math.ceil(size / 1000)).toBeLessThanOrEqual(MOST_KB[name] as number);
});

describe('what a function never loads', () => {
  test.each([
    ['deliver', 'zod'],
    ['pump', 'zod'],
    ['sweep', 'zod'],
    ['fan-out', '@aws-sdk/client-s3'],
    ['fan-out', 're2js'],
    ['fan-out', 'zod/v4/classic'],
    ['publish', 're2js'],
  ])('%s: %s', (name, unwanted) => {
    const map: { sources: string[] } = JSON.parse(
      readFileSync(join(outputDir, name, 'index.js.map'), 'utf8'),
    );
    expect(map.sources.filter((source) => source.includes(`node_modules/${unwanted}/`))).toEqual([]);
  });
});

test('what is loaded late lies beside the function that may need it', () => {
  const isThere = (name: string, late: string) =>
    existsSync(join(outputDir, name, 'node_modules', late, 'index.js'));
  expect(isThere('fan-out', 're2js')).toBe(true);
  expect(isThere('deliver', 're2js')).toBe(false);
  expect(isThere('deliver', '@aws-sdk/client-s3')).toBe(true);
  expect(isThere('projects', '@aws-sdk/client-s3')).toBe(false);
});

test('the French texts lie beside the functions that answer callers, for those who ask for them', () => {
  const french = (name: string) => join(outputDir, name, 'french', 'index.js');
  const isInside = (name: string) =>
    readFileSync(join(outputDir, name, 'index.js.map'), 'utf8').includes('core/languages/french/');
  expect(functions.filter((name) => existsSync(french(name)))).toEqual(
    functions.filter((name) => !['authorize', 'deliver', 'fan-out', 'pump', 'sweep'].includes(name)),
  );
  expect(functions.filter(isInside)).toEqual([]);
  expect(statSync(french('publish')).size / 1000).toBeLessThan(MOST_KB_OF_FRENCH);
});
