import { execFileSync } from 'node:child_process';
import { ENV } from '../../core/contract.ts';

/** Loads nothing except the bundle, so that nothing else is measured. */
const PROGRAM = `
const before = process.cpuUsage();
require(process.argv[1]);
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
process.exit();`;

const REGION = 'eu-west-1';
const VARIABLES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.values(ENV).map((name) => [name, `http://127.0.0.1/${name}`])),
  [ENV.destinationPolicy]: '{}',
  [ENV.retentionDays]: '30',
  [ENV.projectLimits]: '{}',
  POWERTOOLS_SERVICE_NAME: 'bench',
  [ENV.otlp]: '{"otlpEndpoint":"http://127.0.0.1:4318","sampleRatio":1}',
  AWS_REGION: REGION,
};

/** Return the CPU milliseconds that a new process needs to load a bundle and create its clients. */
export function importTime(file: string): number {
  const env = { PATH: process.env.PATH, ...VARIABLES };
  return Number(execFileSync(process.execPath, ['-e', PROGRAM, file], { env, encoding: 'utf8' }));
}
