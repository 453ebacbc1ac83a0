import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';

/** All that chance and the clock say of a new resource: what is made again from the same seed is the same. */
export interface CreationSeed {
  /** When it is made, in milliseconds since the epoch. */
  readonly at: number;
  /** Of its id. */
  readonly ulid: string;
  /** 32 bytes for its secret, if it has one. */
  readonly entropy: Uint8Array;
  /** A try from this seed may have made it already. */
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
