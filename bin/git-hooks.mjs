import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

// npm runs this after an installation in the repository, maybe with a Node that reads no TypeScript.
const root = resolve(import.meta.dirname ?? '.', '..');
const isOn = (value) => value !== undefined && !['', '0', 'false'].includes(value);
const isOff = (value) => value === '0' || value === 'false';

const isCheckout = existsSync(join(root, '.git'));
if (isCheckout && !isOn(process.env.CI) && !isOff(process.env.LEFTHOOK)) installHooks();

/** Hooks are a convenience: an installation succeeds without them. */
function installHooks() {
  try {
    const { getExePath } = createRequire(import.meta.url)('lefthook/get-exe.js');
    const { error, status } = spawnSync(getExePath(), ['install'], { cwd: root, stdio: 'inherit' });
    if (error) throw error;
    if (status !== 0) throw new Error(`lefthook exited with ${status}`);
  } catch (error) {
    // With --omit=dev, there is no lefthook.
    if (error.code !== 'MODULE_NOT_FOUND') console.warn(`The git hooks are not installed: ${error.message}`);
  }
}
