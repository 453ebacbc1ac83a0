import { Command, CommanderError, Option } from 'commander';
import { EXIT, explain } from './errors.ts';

/** A command line that works on a stack, with the options that say which. */
export function newProgram(name: string, description: string, defaultOutputs: string): Command {
  return new Command(name)
    .description(description)
    .addOption(
      new Option(
        '--outputs <file>',
        'what "cdk deploy --outputs-file" wrote, or a local stack\'s outputs.json',
      ).default(defaultOutputs),
    )
    .addOption(new Option('--local', 'short for --outputs .local/outputs.json').conflicts('outputs'))
    .option('--stage <stage>', 'which stack of the file, where it has several')
    .option('--json', 'print JSON, for scripts')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Add --help for usage and examples.')
    .exitOverride();
}

/** Runs what the command line asks for and sets the exit code. */
export async function run(program: Command): Promise<void> {
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
}
