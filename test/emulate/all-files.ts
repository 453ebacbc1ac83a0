import { type AccountOptions, withAccount } from './account.ts';
import { filesOfAll, LOCAL_ONLY, NOT_HERE } from './files.ts';
import { firstKey } from './use.ts';
import { checkFailures, endToEnd, type Subject } from './vitest.ts';

/** After so many files, the emulator begins anew: it keeps in memory what they leave, and their functions' processes. */
const FILES_OF_ACCOUNT = 11;

/**
 * Run every end-to-end file that can run here, and check that what the lists of `files.ts` leave out cannot.
 *
 * @param accountOf options of the account with a name
 * @throws Error that names the files that failed, once all have run
 */
export async function allFiles(accountOf: (name: string) => AccountOptions): Promise<void> {
  const failed: string[] = [];
  const attempt = async (file: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
      failed.push(file);
    }
  };
  for (const [index, group] of groups(filesOfAll()).entries())
    await withAccount(accountOf(`all-${index + 1}`), async (account) => {
      const stack = await account.deploy('dev');
      const subject = { account, stack, admin: await firstKey(account.ministack, stack) };
      for (const file of group) await attempt(file, () => runFile(subject, file));
      await account.destroy('dev');
    });
  if (failed.length > 0) throw new Error(`These end-to-end files failed: ${failed.join(', ')}.`);
}

async function runFile(subject: Subject, file: string): Promise<void> {
  const reason = LOCAL_ONLY[file];
  if (reason !== undefined) {
    console.log(`  without ${file}: ${reason}`);
    return checkFailures(subject, file, []);
  }
  await endToEnd(subject, file, true);
  const names = Object.keys(NOT_HERE[file] ?? {});
  if (names.length > 0) await checkFailures(subject, file, names);
}

const groups = (files: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(files.length / FILES_OF_ACCOUNT) }, (_, index) =>
    files.slice(index * FILES_OF_ACCOUNT, (index + 1) * FILES_OF_ACCOUNT),
  );
