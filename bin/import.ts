#!/usr/bin/env node
import { contextOf } from './admin/context.ts';
import { nearestOutputs } from './admin/deployment.ts';
import { newProgram, run } from './admin/program.ts';
import { addFrappeCommand } from './import/frappe.ts';
import { addHirehopCommand } from './import/hirehop.ts';

/** Brings over what was set up in another system. */

const program = newProgram(
  'import',
  'Imports what was set up in another system. What is there already stays, so it may be run again.',
  nearestOutputs(),
).addHelpText(
  'after',
  `
What became of each line or document goes to standard output, errors go to standard error.
Exit codes: 0 done, 1 something could not be imported, 2 the command line is wrong.
Prefer ANCRAGE_KEY to --key: other users of a machine see command lines.

Examples:
  npm run import -- hirehop webhooks.csv --project erp
  npm run import -- frappe webhook.json --secrets secrets.json
  npm run -s import -- --local hirehop webhooks.csv --json`,
);

const context = contextOf(program);
addHirehopCommand(program, context);
addFrappeCommand(program, context);

await run(program);
