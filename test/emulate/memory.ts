import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Memory of a process and its descendants, in bytes. */
interface Memory {
  /** Pages that several processes share count once. */
  readonly proportional: number;
  /** As `ps` and `top` show it: shared pages, such as those of Node itself, count for each process. */
  readonly resident: number;
}

const EVERY_MS = 2000;

let most: Memory = { proportional: 0, resident: 0 };

/** Measure a process and its descendants until it is stopped, where the system has `/proc`. @returns how to stop */
export function watchMemory(pid: number): () => void {
  if (!existsSync('/proc/self/smaps_rollup')) return () => {};
  const timer = setInterval(() => {
    const now = memoryOf(pid);
    most = {
      proportional: Math.max(most.proportional, now.proportional),
      resident: Math.max(most.resident, now.resident),
    };
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}

/** Say how much memory the processes took at most that have been watched. */
export function peakOfMemory(): string {
  if (most.resident === 0) return 'The memory of the emulator and its workers was not measured: no /proc.';
  const [proportional, resident] = [most.proportional, most.resident].map((bytes) =>
    (bytes / 1e9).toFixed(1),
  );
  return `The emulator and its workers took at most ${proportional} GB (${resident} GB as the sum of their resident sets).`;
}

/** Measure a process and its descendants now. */
export function memoryOf(pid: number): Memory {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    parents.set(Number(entry), parentIn(read(`/proc/${entry}/stat`)));
  const isOfTree = (member: number | undefined): boolean =>
    member === pid || (member !== undefined && isOfTree(parents.get(member)));
  let [proportional, resident] = [0, 0];
  for (const member of [...parents.keys()].filter(isOfTree)) {
    const rollup = read(`/proc/${member}/smaps_rollup`);
    proportional += bytesIn(rollup, 'Pss');
    resident += bytesIn(rollup, 'Rss');
  }
  return { proportional, resident };
}

/** The second field after the name of the program, which may itself contain spaces and parentheses. */
const parentIn = (stat: string): number => Number(stat.slice(stat.lastIndexOf(')') + 1).split(' ')[2]);

const bytesIn = (rollup: string, name: string): number =>
  1024 * Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0);

/** Empty once the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
