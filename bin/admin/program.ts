import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { LANES } from '../../core/contract.ts';
import { EXIT, explain } from './errors.ts';

/** Create a command line with the options that select a stack. */
export function newProgram(name: string, description: string, defaultOutputs: string): Command {
  return new Command(name)
    .description(description)
    .addOption(
      new Option(
        '--outputs <file>',
        'file written by "cdk deploy --outputs-file", or outputs.json of a local stack',
      ).default(defaultOutputs),
    )
    .addOption(new Option('--local', 'same as --outputs .local/outputs.json').conflicts('outputs'))
    .option('--stage <stage>', 'stage to use if the file contains several stacks')
    .option('--json', 'print JSON for scripts')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Use --help for usage and examples.')
    .exitOverride();
}

export const queueArgument = () =>
  new Argument('<queue>', 'queue that the messages came from').choices(LANES);

/** Return the parser of an option that is a whole number from 1 to `most`. */
export const wholeUpTo = (most: number) => (text: string) => {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  return number;
};

/** Run the command in the arguments of the process and set the exit code. */
export async function run(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its error already; help is not an error.
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    } else {
      const { text, exitCode } = explain(error);
      console.error(text);
      process.exitCode = exitCode;
    }
  }
}
