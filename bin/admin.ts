#!/usr/bin/env node
import { addCallCommand } from './admin/call.ts';
import { contextOf } from './admin/context.ts';
import { addDeadLettersCommands } from './admin/dead-letters.ts';
import { DEFAULT_OUTPUTS } from './admin/deployment.ts';
import { addEndpointsCommand } from './admin/endpoints.ts';
import { addKeyCommands } from './admin/keys.ts';
import { addOriginSecretCommands } from './admin/origin-secret.ts';
import { newProgram, run } from './admin/program.ts';
import { addProjectCommands } from './admin/projects.ts';
import { addQueuesCommand } from './admin/queues.ts';
import { addRedriveCommand } from './admin/redrive.ts';
import { addReplayCommand } from './admin/replay.ts';
import { addSecretsCommands } from './admin/secrets.ts';
import { addWaitingCommand } from './admin/waiting.ts';

/** Commands for operators, which use the caller's AWS credentials. They also create the first key of a new stack. */

const program = newProgram(
  'admin',
  'Operate a deployed stack with your AWS credentials, or a local stack.',
  DEFAULT_OUTPUTS,
).addHelpText(
  'after',
  `
Results go to standard output; progress and errors go to standard error.
Exit codes: 0 success, 1 failure, 2 invalid command line.

Examples:
  npm run admin -- projects create erp --name "Our ERP"
  npm run admin -- keys create erp "first key" --scope admin
  npm run admin -- --outputs cdk-outputs.json --stage prod queues
  npm run admin -- dead-letters deliveries
  npm run admin -- redrive deliveries
  npm run admin -- --local replay demo sub_… --since 24h`,
);

const context = contextOf(program);
addProjectCommands(program, context);
addKeyCommands(program, context);
addQueuesCommand(program, context);
addDeadLettersCommands(program, context);
addRedriveCommand(program, context);
addWaitingCommand(program, context);
addEndpointsCommand(program, context);
addCallCommand(program, context);
addReplayCommand(program, context);
addSecretsCommands(program, context);
addOriginSecretCommands(program, context);

await run(program);
