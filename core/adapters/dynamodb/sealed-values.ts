import { hkdfSync, randomBytes } from 'node:crypto';
import { ATTRIBUTE } from '../../contract.ts';
import { SEAL_BYTES, seal, unseal } from '../../kernel/seal.ts';
import type { DataKey, DataKeys } from '../../ports/data-keys.ts';
import type { DataTable, Item } from './table.ts';

/** The attributes of an item that are sealed, and what a function reads that may not open them. */
export type SecretAttributes = Readonly<Record<string, unknown>>;

/** `dialectPart` repeats the headers of a Frappe webhook. */
export const SUBSCRIPTION_SECRETS = { url: '', headers: {}, secrets: [], dialectPart: null } as const;
export const PROJECT_SECRETS = { exportKey: null } as const;
/** The requests and responses of attempts have URLs, bodies with an `exportKey`, and whatever a receiver repeats. */
export const ATTEMPT_SECRETS = ['exchange', 'attempts'] as const;

/**
 * The first byte of a sealed value. No compressed one begins with it: the two bits of the block's type are 11, which is reserved
 * (https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3).
 */
const FORMAT = 7;
const BYTES = { format: 1, number: 4, salt: 16, key: 32 };
const HEAD_BYTES = BYTES.format + BYTES.number + BYTES.salt;

/** The bytes that sealing adds to a value. */
export const SEALED_BYTES = HEAD_BYTES + SEAL_BYTES;

/** A value that does not open: it was changed, copied from another place, or sealed with a key that is not here. */
export class SealedValueError extends Error {
  override readonly name = 'SealedValueError';
}

export const isSealed = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array && value.length > SEALED_BYTES && value[0] === FORMAT;

/** Return the number of the data key that sealed a value. */
export const dataKeyOf = (sealed: Uint8Array): number => Buffer.from(sealed).readUInt32BE(BYTES.format);

/**
 * Return an item as it is stored: its secrets are sealed if there is a data key.
 *
 * @throws Error if they were withheld, and would be lost
 */
export async function toStored(
  { dataKeys }: DataTable,
  project: string,
  item: Item,
  secrets: SecretAttributes,
): Promise<Item> {
  if (isWithheld(item, secrets))
    throw new Error('An item whose secrets are withheld from this function must not be written.');
  const dataKey = (await dataKeys?.current()) ?? null;
  return dataKey === null ? item : sealedItem(dataKey, project, item, Object.keys(secrets));
}

/** Seal attributes of an item: bytes, or JSON values. Those without a value stay as they are. */
export function sealedItem(dataKey: DataKey, project: string, item: Item, names: readonly string[]): Item {
  const sealed = names
    .filter((name) => item[name] !== null && item[name] !== undefined)
    .map((name) => {
      const value = item[name];
      const plain = value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value));
      return [name, sealValue(dataKey, project, plain, placeOf(item, name))] as const;
    });
  return { ...item, ...Object.fromEntries(sealed) };
}

/**
 * Return an item of the table with its secrets opened. Versions before 0.2 stored them as they are.
 *
 * @throws SealedValueError if one does not open
 */
export async function fromStored(
  { dataKeys }: DataTable,
  project: string,
  item: Item,
  secrets: SecretAttributes,
): Promise<Item> {
  const sealed = Object.keys(secrets).filter((name) => isSealed(item[name]));
  if (sealed.length === 0) return item;
  if (dataKeys === undefined) return withheld(item, secrets, sealed);
  const opened = await openedBytes(dataKeys, project, item, sealed);
  const values = Object.entries(opened).map(([name, bytes]) => [name, JSON.parse(bytes.toString())]);
  return { ...item, ...Object.fromEntries(values) };
}

/** Return an item with those of these attributes opened that are sealed bytes. @throws SealedValueError if one does not open */
export async function withOpenBytes(
  { dataKeys }: DataTable,
  project: string,
  item: Item,
  names: readonly string[],
): Promise<Item> {
  const sealed = names.filter((name) => isSealed(item[name]));
  if (sealed.length === 0) return item;
  if (dataKeys === undefined) throw new SealedValueError('This function may not open sealed values.');
  return { ...item, ...(await openedBytes(dataKeys, project, item, sealed)) };
}

async function openedBytes(
  dataKeys: DataKeys,
  project: string,
  item: Item,
  names: readonly string[],
): Promise<Record<string, Buffer>> {
  const opened = names.map(async (name) => {
    const value = item[name] as Uint8Array;
    const dataKey = await dataKeys.get(dataKeyOf(value));
    return [name, openValue(dataKey, project, value, placeOf(item, name))] as const;
  });
  return Object.fromEntries(await Promise.all(opened));
}

const withheld = (item: Item, secrets: SecretAttributes, names: readonly string[]): Item => ({
  ...item,
  ...Object.fromEntries(names.map((name) => [name, secrets[name]])),
});

/** A withheld object is this very one. */
const isWithheld = (item: Item, secrets: SecretAttributes): boolean =>
  Object.entries(secrets).some(([name, value]) => value instanceof Object && item[name] === value);

/** The place that a value belongs to: sealed values that are copied to another item or attribute do not open. */
const placeOf = (item: Item, attribute: string): string =>
  JSON.stringify([item[ATTRIBUTE.partitionKey], item[ATTRIBUTE.sortKey], attribute]);

function sealValue(dataKey: DataKey, project: string, plain: Uint8Array, place: string): Uint8Array {
  const { salt } = keysOf(dataKey);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(FORMAT);
  head.writeUInt32BE(dataKey.number, BYTES.format);
  salt.copy(head, BYTES.format + BYTES.number);
  return Buffer.concat([head, seal(projectKey(dataKey, project, salt), plain, place)]);
}

function openValue(dataKey: DataKey, project: string, sealed: Uint8Array, place: string): Buffer {
  const salt = Buffer.from(sealed.subarray(BYTES.format + BYTES.number, HEAD_BYTES));
  try {
    return unseal(projectKey(dataKey, project, salt), sealed.subarray(HEAD_BYTES), place);
  } catch (cause) {
    throw new SealedValueError(`A sealed value does not open in its place: ${place}.`, { cause });
  }
}

interface DerivedKeys {
  /** Of this copy of the function: no two copies share a key, so none seals so many values that random nonces could meet. */
  readonly salt: Buffer;
  /** By project and salt. Deriving one takes longer than sealing a value. */
  readonly known: Map<string, Uint8Array>;
}

const derived = new WeakMap<DataKey, DerivedKeys>();
const MAX_KNOWN = 1000;

function keysOf(dataKey: DataKey): DerivedKeys {
  const keys = derived.get(dataKey) ?? { salt: randomBytes(BYTES.salt), known: new Map() };
  derived.set(dataKey, keys);
  return keys;
}

function projectKey(dataKey: DataKey, project: string, salt: Buffer): Uint8Array {
  const { known } = keysOf(dataKey);
  const name = `${project}#${salt.toString('latin1')}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const key = new Uint8Array(hkdfSync('sha256', dataKey.key, salt, `ancrage project ${project}`, BYTES.key));
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(name, key);
  return key;
}
