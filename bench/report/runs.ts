import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Result } from '../bench.ts';
import type { Machine } from './machine.ts';

/** A result without its files, with the time, machine and options of the run. */
export interface Run extends Omit<Result, 'files'> {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly machine: Machine;
  readonly options: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Folder of the runs and charts that the document shows. */
export const KEPT = join(ROOT, 'docs/performance');

const SHELVES = { results: join(ROOT, 'bench/results'), kept: KEPT, before: join(KEPT, 'before') };

/** `results` are local, `kept` are shown in the document, and `before` are its runs before a change. */
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
