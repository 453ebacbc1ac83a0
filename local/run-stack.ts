import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionCall } from './access/access.ts';
import { refuseUnfitEventSources } from './access/event-source-grants.ts';
import { readRoles } from './access/roles.ts';
import { startAccess } from './access/start-access.ts';
import { consoleResponse } from './console/console-server.ts';
import { readConsole } from './console/console-site.ts';
import type { QueueEngine } from './engines/fauxqs.ts';
import { readFunctions } from './functions/function-definition.ts';
import { FunctionHost } from './functions/function-host.ts';
import { Gateway } from './http/gateway.ts';
import { readRoutes } from './http/http-api.ts';
import { send } from './http/http-response.ts';
import type { HttpServer } from './http/http-server.ts';
import type { StackEndpoints } from './provision.ts';
import { concurrencyOf, readEventSources } from './queues/event-source.ts';
import { QueuePoller } from './queues/queue-poller.ts';
import { referentsOf } from './referents.ts';
import { readSchedules, startSchedules } from './schedule.ts';
import type { Log } from './settings.ts';
import type { Teardown } from './teardown.ts';
import type { Template } from './template.ts';

interface RunOptions {
  readonly template: Template;
  readonly queues: QueueEngine;
  readonly http: HttpServer;
  readonly endpoints: StackEndpoints;
  readonly stackUuid: string;
  /** Hold what the functions call against their roles. */
  readonly enforceGrants: boolean;
  readonly logsDir: string;
  readonly log: Log;
  readonly verbose: boolean;
  readonly teardown: Teardown;
}

interface RunningFunctions {
  readonly functions: FunctionHost;
  /** What the functions have called so far, each once; nothing where grants are not enforced. */
  readonly calls: () => readonly FunctionCall[];
}

/** How long invocations may go on once the stack is asked to stop. */
const FINISH_WITHIN_MS = 10_000;

/** Hosts the functions and sets off what invokes them: HTTP routes, queues, schedules. */
export async function runStack(options: RunOptions): Promise<RunningFunctions> {
  const { template, queues, http, log, verbose, teardown } = options;
  const roles = readRoles(template, referentsOf(template, options));
  const gates = options.enforceGrants
    ? await startAccess(roles, options.endpoints, log, teardown)
    : undefined;
  // As the functions see them.
  const endpoints = { ...options.endpoints, ...gates?.endpoints };
  const referents = referentsOf(template, { ...options, endpoints });
  const definitions = readFunctions(template, referents);
  const sources = readEventSources(template, referents, definitions, options.endpoints.sqs);
  refuseUnfitEventSources(sources, roles);
  const concurrency = concurrencyOf(sources);
  const functions = new FunctionHost({
    definitions,
    concurrency,
    endpoints,
    directory: options.logsDir,
    log,
    verbose,
  });
  const gateway = new Gateway(readRoutes(template, referents, definitions), functions, log);
  const site = readConsole(template);
  const schedules = readSchedules(template, referents, definitions);
  const pollers = sources.map((source) => new QueuePoller(source, queues.client, functions, log));
  const stopPollers = () => Promise.all(pollers.map((poller) => poller.stop()));

  // Undone from the last to the first.
  teardown.defer(async () => {
    // What an invocation that was cut off worked on is given back before the queues stop.
    await stopPollers();
  });
  teardown.defer(() => functions.stop());
  teardown.defer(async () => {
    await Promise.all([
      http.stop(),
      Promise.race([stopPollers(), sleep(FINISH_WITHIN_MS, undefined, { ref: false })]),
    ]);
  });
  for (const poller of pollers) poller.start();
  teardown.defer(startSchedules(schedules, functions, log));
  http.serve(async (request, response) => {
    const page = consoleResponse(site, request);
    if (page === undefined) await gateway.handle(request, response);
    else send(response, page, randomUUID());
  });
  return { functions, calls: () => gates?.access.calls ?? [] };
}
