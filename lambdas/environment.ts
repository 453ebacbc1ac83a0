import { type DestinationPolicy, ENV, type ProjectLimits, type WriteFormat } from '../core/contract.ts';

export const clock = Date.now;

/** Return a variable that the stack sets; `core/contract.ts` has the names. @throws Error if it is not set */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set.`);
  return value;
}

export const optional = (name: string): string | undefined => process.env[name] || undefined;

export const destinationPolicy = (): DestinationPolicy => JSON.parse(required(ENV.destinationPolicy));

export const writeFormat = (): WriteFormat => (required(ENV.writeFormat) === '2' ? 2 : 1);

export const projectLimits = (): ProjectLimits => JSON.parse(required(ENV.projectLimits));
