import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Access, FunctionCall } from './access/access.ts';
import type { Credentials } from './access/access-keys.ts';
import { checkEventSourceGrants } from './access/event-source-grants.ts';
import { readRoles } from './access/roles.ts';
import { consoleResponse } from './console/console-server.ts';
import { readConsole } from './console/console-site.ts';
import { Bundler } from './development/bundler.ts';
import { inspectable } from './development/inspection.ts';
import type { SourceTree } from './development/source-tree.ts';
import { Watch } from './development/watch.ts';
import type { QueueEngine } from './engines/fauxqs.ts';
import { readFunctions } from './functions/function-definition.ts';
import { FunctionHost, type Inspection } from './functions/function-host.ts';
import type { IdleLimits } from './functions/function-pool.ts';
import { Gateway } from './http/gateway.ts';
import { readRoutes } from './http/http-api.ts';
import { send } from './http/http-response.ts';
import type { HttpServer } from './http/http-server.ts';
import type { GuardedOrigin } from './origin.ts';
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
  readonly origin: GuardedOrigin | undefined;
  /** The endpoints that the functions use. */
  readonly endpoints: StackEndpoints;
  readonly stackUuid: string;
  readonly access: Access;
  readonly credentials: Credentials;
  readonly logsDir: string;
  readonly log: Log;
  readonly verbose: boolean;
  readonly idle: IdleLimits | undefined;
  readonly development: Development;
  readonly teardown: Teardown;
}

/** How functions are bundled again while the stack runs. */
interface Development {
  /** Directory of their sources. */
  readonly root: string;
  /** Directory of their bundles. */
  readonly directory: string;
  /** The sources to watch, as they were before the functions were bundled. */
  readonly tree: SourceTree | undefined;
  readonly inspect: Inspection | undefined;
}

interface RunningFunctions {
  readonly functions: FunctionHost;
  /** Return the distinct calls of the functions so far; empty if grants are not enforced. */
  readonly calls: () => readonly FunctionCall[];
}

/** Time for invocations to finish when the stack stops. */
const FINISH_WITHIN_MS = 10_000;

/** Host the functions and start everything that invokes them: HTTP routes, queue pollers and schedules. */
export async function runStack(options: RunOptions): Promise<RunningFunctions> {
  const { template, queues, http, origin, endpoints, access, credentials, log, verbose, teardown } = options;
  const referents = referentsOf(template, options);
  const roles = readRoles(template, referents);
  access.admit(roles);
  const { root, directory, tree, inspect } = options.development;
  const ofTemplate = readFunctions(template, referents);
  const bundler = new Bundler({
    ...{ root, directory, definitions: ofTemplate },
    debuggable: inspect?.functionName,
  });
  const read = {
    definitions: ofTemplate,
    routes: readRoutes(template, referents, ofTemplate),
    sources: readEventSources(template, referents, ofTemplate, endpoints.sqs),
  };
  const { definitions, routes, sources } =
    inspect === undefined ? read : await inspectable(read, inspect, bundler);
  checkEventSourceGrants(sources, roles);
  const concurrency = concurrencyOf(sources);
  const functions = new FunctionHost({
    definitions,
    concurrency,
    endpoints,
    credentials,
    directory: options.logsDir,
    log,
    verbose,
    idle: options.idle,
    inspect,
  });
  const gateway = new Gateway(routes, functions, log);
  const site = readConsole(template);
  const schedules = readSchedules(template, referents, definitions);
  const pollers = sources.map((source) => new QueuePoller(source, queues, functions, log));
  const stopPollers = () => Promise.all(pollers.map((poller) => poller.stop()));

  // Teardown runs these steps in reverse order.
  teardown.defer(async () => {
    // Wait until the messages of terminated invocations are visible again, before the queues stop.
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
    if (page === undefined) await gateway.handle(request, response, origin?.distribution.originHeaders());
    else send(response, page, randomUUID());
  });
  origin?.gateway.serve((request, response) => gateway.handle(request, response));
  if (tree !== undefined) {
    const watch = new Watch({ root, tree, bundler, functions, log });
    teardown.defer(() => watch.stop());
  }
  return { functions, calls: () => access.calls };
}
