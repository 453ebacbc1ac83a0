#!/usr/bin/env node
import { contextOf } from './admin/context.ts';
import { nearestOutputs } from './admin/deployment.ts';
import { newProgram, run } from './admin/program.ts';
import { addFrappeCommand } from './import/frappe.ts';
import { addHirehopCommand } from './import/hirehop.ts';

/** Imports webhook settings from other systems. */

const program = newProgram(
  'import',
  'Import webhooks from another system. A second run changes nothing that the first has imported.',
  nearestOutputs(),
).addHelpText(
  'after',
  `
The result of each line or document goes to standard output; errors go to standard error.
Exit codes: 0 success, 1 something could not be imported, 2 invalid command line.
Prefer ANCRAGE_KEY to --key: other users of the machine can see command lines.

Examples:
  npm run import -- hirehop webhooks.csv --project erp
  npm run import -- frappe webhook.json --secrets secrets.json
  npm run -s import -- --local hirehop webhooks.csv --json`,
);

const context = contextOf(program);
addHirehopCommand(program, context);
addFrappeCommand(program, context);

await run(program);
