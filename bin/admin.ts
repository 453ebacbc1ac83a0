import { Command, CommanderError, Option } from 'commander';
import { contextOf } from './admin/context.ts';
import { DEFAULT_OUTPUTS } from './admin/deployment.ts';
import { EXIT, explain } from './admin/errors.ts';
import { addKeyCommands } from './admin/keys.ts';
import { addProjectCommands } from './admin/projects.ts';
import { addQueuesCommand } from './admin/queues.ts';
import { addRedriveCommand } from './admin/redrive.ts';
import { addReplayCommand } from './admin/replay.ts';

/** What operators do, with the caller's AWS credentials: also how a new stack gets its first key. */

const program = new Command('admin')
  .description('Works on a deployed stack with your AWS credentials, or on a local one.')
  .addOption(
    new Option(
      '--outputs <file>',
      'what "cdk deploy --outputs-file" wrote, or a local stack\'s outputs.json',
    ).default(DEFAULT_OUTPUTS),
  )
  .addOption(new Option('--local', 'short for --outputs .local/outputs.json').conflicts('outputs'))
  .option('--stage <stage>', 'which stack of the file, where it has several')
  .option('--json', 'print JSON, for scripts')
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('Add --help for usage and examples.')
  .exitOverride()
  .addHelpText(
    'after',
    `
Results go to standard output, progress and errors to standard error.
Exit codes: 0 done, 1 it could not be done, 2 the command line is wrong.

Examples:
  npm run admin -- projects create erp --name "Our ERP"
  npm run admin -- keys create erp "first key" --scope admin
  npm run admin -- --outputs cdk-outputs.json --stage prod queues
  npm run admin -- redrive deliveries
  npm run admin -- --local replay demo sub_… --since 24h --only failed`,
  );

const context = contextOf(program);
addProjectCommands(program, context);
addKeyCommands(program, context);
addQueuesCommand(program, context);
addRedriveCommand(program, context);
addReplayCommand(program, context);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help is no fault; whatever else commander ends with, it has said already.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
  } else {
    const { text, exitCode } = explain(error);
    console.error(text);
    process.exitCode = exitCode;
  }
}
