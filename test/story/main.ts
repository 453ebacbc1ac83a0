import { resolve } from 'node:path';
import { stories } from './follow.ts';
import { MOST_MODULES } from './limits.ts';

/** `npm run story`: follow one event through the code, from each handler to the ports. */

const told = stories(resolve(import.meta.dirname, '../..'), Object.keys(MOST_MODULES));
for (const { stage, chains, modules, throughParameters } of told) {
  const longest = Math.max(...chains.map((chain) => chain.modules.length));
  console.log(
    `${stage}: at most ${longest} modules on a path, its adapter included; all paths pass through ${modules.length} modules of ours`,
  );
  for (const { port, calls } of chains) console.log(`  ${calls.join(' → ')} → ${port}`);
  for (const call of throughParameters) console.log(`  ✗ arrives through a parameter: ${call}`);
  if (longest > (MOST_MODULES[stage] ?? 0) || throughParameters.length > 0) process.exitCode = 1;
  console.log();
}
