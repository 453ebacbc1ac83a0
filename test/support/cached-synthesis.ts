import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { synthesize } from '../../local/synthesize.ts';

/** Inside the repository, as with `npm start`: a package.json further up would change how the bundles run. */
const CACHE = resolve('.local', 'test-synthesis');

/** All files that the synthesis depends on. */
const SOURCES = [
  'bin/ancrage.ts',
  '{lib,core,lambdas}/**/*.*',
  'local/synthesize.ts',
  'console/{index.html,*.ts,*.json}',
  'console/src/**/*.*',
  'client/*.ts',
  'docs/openapi.json',
  'test/support/cached-synthesis.ts',
  '{cdk,package,package-lock,tsconfig}.json',
];

const DAY_MS = 86_400_000;

type Context = Readonly<Record<string, unknown>>;

/**
 * Return a directory with the synthesised local stack, which allows hook URLs on loopback. Its name is the hash of the
 * sources, so that later runs reuse it.
 *
 * @param context additional CDK context, such as another setting
 */
export async function cachedSynthesis(context: Context = {}): Promise<string> {
  let directory = directoryOf(context);
  while (!existsSync(directory)) {
    const draft = await synthesizeDraft(context);
    // If somebody saved a file meanwhile, the draft may mix old and new sources: synthesise again.
    if (directoryOf(context) === directory) publish(draft, directory);
    else rmSync(draft, { recursive: true });
    directory = directoryOf(context);
  }
  const now = new Date();
  utimesSync(directory, now, now);
  removeUnused();
  return directory;
}

function directoryOf(context: Context): string {
  const hash = createHash('sha256').update(process.version).update(JSON.stringify(context));
  for (const file of globSync(SOURCES).toSorted()) hash.update(`\0${file}\0`).update(readFileSync(file));
  return join(CACHE, hash.digest('hex').slice(0, 16));
}

async function synthesizeDraft(context: Context): Promise<string> {
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, 'draft-'));
  await synthesize({ outputDir: draft, guard: false, context });
  return draft;
}

/** Another run may have synthesised at the same time: the directory appears whole or not at all. */
function publish(draft: string, directory: string): void {
  if (existsSync(directory)) rmSync(draft, { recursive: true });
  else renameSync(draft, directory);
}

/** Delete directories that no run has used for a day, including drafts of runs that were killed. */
function removeUnused(): void {
  for (const name of readdirSync(CACHE)) {
    const entry = join(CACHE, name);
    const { mtimeMs } = statSync(entry, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (mtimeMs < Date.now() - DAY_MS) rmSync(entry, { recursive: true, force: true });
  }
}
