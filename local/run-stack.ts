import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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
  readonly logsDir: string;
  readonly log: Log;
  readonly verbose: boolean;
  readonly teardown: Teardown;
}

/** How long invocations may go on once the stack is asked to stop. */
const FINISH_WITHIN_MS = 10_000;

/** Hosts the functions and sets off what invokes them: HTTP routes, queues, schedules. */
export function runStack(options: RunOptions): FunctionHost {
  const { template, queues, http, endpoints, log, verbose, teardown } = options;
  const referents = referentsOf(template, options);
  const definitions = readFunctions(template, referents);
  const sources = readEventSources(template, referents, definitions, endpoints.sqs);
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
  return functions;
}
