import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** Where a run was made: figures of two machines cannot be compared, ratios can. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly node: string;
  readonly platform: string;
  /** Short; with a `+` where files differed from it. */
  readonly commit: string;
}

export function machine(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+'),
  };
}

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
