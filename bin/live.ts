import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { AdminError, EXIT, UsageError } from './admin/errors.ts';
import { run, wholeUpTo } from './admin/program.ts';
import { live, removeOnly } from './live/live.ts';
import { MOST_EVENTS } from './live/load.ts';
import { type LiveOptions, randomStage, regionOf, stageOf, zoneOf } from './live/options.ts';
import { AWS } from './live/place.ts';
import { checkSettings } from './live/settings.ts';
import { interruption } from './smoke/interruption.ts';

/** Tries this version on an AWS account, from the first deployment to the removal, and writes a report. */

interface LiveCommand {
  readonly profile?: string;
  readonly region?: string;
  readonly secondRegion?: string;
  readonly from?: string;
  readonly stage: string;
  readonly domain?: string;
  readonly certificate?: string;
  readonly hostedZone?: { readonly id: string; readonly name: string };
  readonly settings: object;
  readonly events: number;
  readonly report: string;
  readonly keep?: true;
  readonly yes?: true;
  readonly removeOnly?: true;
}

const program = new Command('live')
  .description(
    'Try Ancrage on an AWS account: deploy a throw-away stage, use it, remove it, and write a report.',
  )
  .option('--profile <name>', 'profile of the AWS configuration (default: the default credentials)')
  .option('--region <region>', 'region (default: that of the environment)', regionOf)
  .option('--second-region <region>', 'deploy to another region as well', regionOf)
  .option(
    '--from <release>',
    'upgrade from a tag or commit, or from a folder with a release and its dependencies',
  )
  .option(
    '--stage <stage>',
    'name of the throw-away stage, live-… (default: a random one)',
    stageOf,
    randomStage(),
  )
  .option(
    '--domain <name>',
    'custom domain of the console and the API; needs --certificate and --hosted-zone',
  )
  .option('--certificate <arn>', 'certificate of the domain in us-east-1')
  .option(
    '--hosted-zone <id:name>',
    'zone in which the record is made, such as Z0123456789:example.com',
    zoneOf,
  )
  .option('--settings <json>', 'other settings of the stage', settingsOf, {})
  .option(
    '--events <n>',
    'how many events to publish over HTTPS, and as many through the queue',
    wholeUpTo(MOST_EVENTS),
    500,
  )
  .option('--report <file>', 'where to write the report', 'live-report.md')
  .option('--keep', 'remove nothing')
  .option('--yes', 'do not ask')
  .option('--remove-only', 'only remove a stage that --keep or a killed run has left')
  .showHelpAfterError('Use --help for usage and examples.')
  .addHelpText(
    'after',
    `
The regions must be bootstrapped. docs/deploying.md says what is created, what it costs and which permissions it needs.
Exit codes: 0 everything passed or was skipped, and is removed; 1 a step failed; 2 invalid command line.

Examples:
  npm run live -- --profile sandbox --region eu-west-1 --second-region eu-central-1 --from v0.1.0
  npm run live -- --profile sandbox --region eu-west-1 --stage live-ab12cd --remove-only`,
  )
  .exitOverride()
  .action(async (command: LiveCommand) => {
    const region = command.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    if (region === undefined) throw new UsageError('Pass --region, or set AWS_REGION.');
    if (command.secondRegion === region) throw new UsageError('The second region is the first one.');
    // For the SDK and for the programs that this one starts.
    if (command.profile !== undefined) process.env.AWS_PROFILE = command.profile;
    process.env.AWS_REGION = region;
    const options: LiveOptions = {
      ...{ stage: command.stage, region, secondRegion: command.secondRegion, from: command.from },
      settings: { ...command.settings, ...domainOf(command) },
      ...{ events: command.events, keep: command.keep ?? false },
    };
    checkSettings(options.stage, options.settings);
    if (command.removeOnly === true && program.getOptionValueSource('stage') === 'default')
      throw new UsageError('--remove-only needs --stage.');
    const tell = (text: string) => console.log(text);
    const isDone =
      command.removeOnly === true
        ? await removeOnly(options, AWS, { tell })
        : await live(
            options,
            AWS,
            { tell, confirm: () => confirmed(command.yes ?? false), signal: interruption() },
            command.report,
          );
    if (!isDone) process.exitCode = EXIT.failure;
  });

await run(program);

function domainOf({ domain, certificate, hostedZone }: LiveCommand): { domain?: { name: string } } {
  if (domain === undefined && certificate === undefined && hostedZone === undefined) return {};
  if (domain === undefined || certificate === undefined || hostedZone === undefined)
    throw new UsageError('--domain, --certificate and --hosted-zone belong together.');
  const settings = { name: domain, certificateArn: certificate, hostedZone };
  return { domain: settings };
}

function settingsOf(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new UsageError(`--settings is not JSON: ${text}`);
  }
}

async function confirmed(yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new AdminError('Nothing was created: pass --yes, or run it in a terminal.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question('Create this? Type "yes": ')).trim() === 'yes';
  } finally {
    terminal.close();
  }
}
