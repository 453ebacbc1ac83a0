import { LocalStackError, messageOf } from '../errors.ts';
import { UsageError } from '../options.ts';
import { readOutputs } from '../outputs.ts';
import { parseSeedCommandLine, type SeedCommandLine, USAGE } from './options.ts';
import { type Seeded, seedProject } from './seed-project.ts';
import { openStores } from './stores.ts';

const commandLine = readCommandLine();
if (commandLine.help) console.log(USAGE);
else await run(commandLine).catch(fail);

function readCommandLine(): SeedCommandLine {
  try {
    return parseSeedCommandLine(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function run(options: SeedCommandLine): Promise<void> {
  const { project, dataDir } = options;
  const outputs = readOutputs(dataDir);
  await refuseStopped(outputs.apiUrl);
  const stores = openStores(outputs);
  const startedAt = Date.now();
  try {
    console.log(`Filling the project ${project} …`);
    const seeded = await seedProject(stores, { ...options, now: startedAt, progress: progress() });
    console.log(report(seeded, (Date.now() - startedAt) / 1000));
    console.log(
      `\n  Console   ${new URL(`/p/${project}/`, outputs.consoleUrl)}\n  API key   ${outputs.adminKey}`,
    );
  } finally {
    stores.close();
  }
}

/** @throws LocalStackError if there is no stack at the address that it had */
async function refuseStopped(apiUrl: string): Promise<void> {
  await fetch(apiUrl, { method: 'HEAD' }).catch((error: unknown) => {
    throw new LocalStackError(
      `The local stack does not respond at ${apiUrl} (${messageOf(error)}): is it running?`,
    );
  });
}

/** Return what prints a line for each tenth. */
function progress(): (share: number) => void {
  let printed = 0;
  return (share) => {
    const tenths = Math.floor(share * 10);
    if (tenths > printed) console.log(`  ${tenths * 10} % of the events and attempts`);
    printed = tenths;
  };
}

function report({ events, attempts, states, neverTried, waiting }: Seeded, seconds: number): string {
  const { healthy, failing, paused, disabled } = states;
  const subscriptions = healthy + failing + paused + disabled;
  return [
    `${subscriptions} subscriptions: ${healthy} healthy (${neverTried} never tried), ${failing} failing, ${paused} paused, ${disabled} disabled`,
    `${events} events, ${attempts} attempts, ${waiting} deliveries that wait`,
    `Written in ${Math.round(seconds)} s`,
  ].join('\n');
}

function fail(error: unknown): never {
  console.error(error instanceof LocalStackError ? error.message : error);
  process.exit(1);
}
