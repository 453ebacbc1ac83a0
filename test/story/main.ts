import { resolve } from 'node:path';
import { stories } from './follow.ts';

/** `npm run story`: follow one event through the code, from each handler to the ports. */

/** More than this, and a newcomer loses the thread. */
const MAX_MODULES = 8;

const told = stories(resolve(import.meta.dirname, '../..'), ['publish', 'fan-out', 'deliver', 'sweep']);
for (const { stage, chains, modules, throughParameters } of told) {
  const longest = Math.max(...chains.map((chain) => chain.modules.length));
  console.log(
    `${stage}: at most ${longest} modules on a path, its adapter included; all paths pass through ${modules.length} modules of ours`,
  );
  for (const { port, calls } of chains) console.log(`  ${calls.join(' → ')} → ${port}`);
  for (const call of throughParameters) console.log(`  ✗ arrives through a parameter: ${call}`);
  if (longest > MAX_MODULES || throughParameters.length > 0) process.exitCode = 1;
  console.log();
}
