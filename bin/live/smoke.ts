import { join } from 'node:path';
import * as z from 'zod';
import { parseJson } from '../admin/api.ts';
import { AdminError } from '../admin/errors.ts';
import type { Checkout } from './assembly.ts';
import type { Programs } from './programs.ts';
import type { Found } from './steps.ts';

const resultSchema = z.looseObject({
  ok: z.boolean(),
  checks: z.array(
    z.looseObject({
      name: z.string(),
      ok: z.boolean(),
      ms: z.number(),
      expected: z.string().optional(),
      found: z.string().optional(),
    }),
  ),
});

/** A new distribution, and a domain, take minutes until they are known everywhere. */
const TIMEOUT_SECONDS = 300;

/**
 * Run the smoke test of a version on its stack.
 *
 * @param required checks that must be among those that have run
 * @throws AdminError with the checks that failed
 */
export async function smoke(
  programs: Programs,
  { folder }: Checkout,
  outputs: string,
  stage: string,
  required: readonly string[] = [],
): Promise<Found> {
  const { stdout, stderr } = await programs.run({
    command: process.execPath,
    args: [
      ...[join(folder, 'bin/smoke.ts'), '--outputs', outputs, '--stage', stage],
      ...['--json', '--timeout', String(TIMEOUT_SECONDS)],
    ],
    cwd: folder,
  });
  const { data: result } = resultSchema.safeParse(parseJson(stdout));
  if (result === undefined) throw new AdminError(`The smoke test printed no result.\n${stdout}${stderr}`);
  const failed = result.checks.filter(({ ok }) => !ok);
  if (!result.ok || failed.length > 0)
    throw new AdminError(
      failed
        .map(({ name, expected = '', found = '' }) => `${name}\n  expected ${expected}\n  found ${found}`)
        .join('\n'),
    );
  const ran = result.checks.map(({ name }) => name);
  const missing = required.filter((name) => !ran.includes(name));
  if (missing.length > 0) throw new AdminError(`The smoke test has not run ${missing.join(', ')}.`);
  return { detail: `${ran.length} checks passed: ${ran.join(', ')}` };
}
