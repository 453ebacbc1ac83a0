import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Result } from '../bench.ts';
import type { Machine } from './machine.ts';

/** A result without its files, with when, where and how it came about. */
export interface Run extends Omit<Result, 'files'> {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly machine: Machine;
  readonly options: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Next to the document: the runs that it shows, and its drawings. */
export const KEPT = join(ROOT, 'docs/performance');

const SHELVES = { results: join(ROOT, 'bench/results'), kept: KEPT, before: join(KEPT, 'before') };

/** Of everybody, of the document, and of the document's comparisons. */
export type Shelf = keyof typeof SHELVES;

export function save(shelf: Shelf, name: string, content: object): void {
  mkdirSync(SHELVES[shelf], { recursive: true });
  writeFileSync(fileOf(shelf, name), `${JSON.stringify(content, null, 2)}\n`);
}

export function load(shelf: Shelf, name: string): Run | undefined {
  const file = fileOf(shelf, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const fileOf = (shelf: Shelf, name: string): string => join(SHELVES[shelf], `${name}.json`);
