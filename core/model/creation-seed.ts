import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';

/** Everything about a new resource that depends on chance or the clock: the same seed creates the same resource. */
export interface CreationSeed {
  /** When it is created, in milliseconds since the epoch. */
  readonly at: number;
  /** The part of its id after the prefix. */
  readonly ulid: string;
  /** 32 bytes for its secret, if it has one. */
  readonly entropy: Uint8Array;
  /** Whether an earlier try from this seed may have created it already. */
  readonly resumed: boolean;
}

export const newSeed = (now: number): CreationSeed => ({
  at: now,
  ulid: ulid(now),
  entropy: randomBytes(32),
  resumed: false,
});

export const writeSeed = ({ at, ulid, entropy }: CreationSeed): string =>
  JSON.stringify({ at, ulid, entropy: Buffer.from(entropy).toString('base64') });

export function readSeed(text: string): CreationSeed {
  const { at, ulid, entropy } = JSON.parse(text);
  return { at, ulid, entropy: Buffer.from(entropy, 'base64'), resumed: true };
}
