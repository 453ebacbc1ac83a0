import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// npm runs this after an installation in the repository, maybe with a Node that reads no TypeScript.
const root = fileURLToPath(new URL('..', import.meta.url));
const isOn = (value) => value !== undefined && !['', '0', 'false'].includes(value);
const isOff = (value) => value === '0' || value === 'false';

// npm runs it before it packs, too.
const isPacking = ['pack', 'publish'].includes(process.env.npm_command);
const isCheckout = existsSync(join(root, '.git'));
if (isCheckout && !isPacking && !isOn(process.env.CI) && !isOff(process.env.LEFTHOOK)) await installHooks();

/** Hooks are a convenience: an installation succeeds without them. */
async function installHooks() {
  try {
    const { getExePath } = await import('lefthook/get-exe.js');
    const { error, status } = spawnSync(getExePath(), ['install'], { cwd: root, stdio: 'inherit' });
    if (error) throw error;
    if (status !== 0) throw new Error(`lefthook exited with ${status}`);
  } catch (error) {
    // With --omit=dev, there is no lefthook, or none for this platform.
    if (!error.code?.endsWith('MODULE_NOT_FOUND'))
      console.warn(`The git hooks are not installed: ${error.message}`);
  }
}
