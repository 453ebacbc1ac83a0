import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { bundleFunction } from '../../lib/bundle.ts';
import { startDynoxide } from '../../local/engines/dynoxide.ts';
import { startFauxqs } from '../../local/engines/fauxqs.ts';
import { ensureTable } from '../../local/engines/table.ts';
import { clientSettings } from '../../local/settings.ts';
import { readTemplate, resourcesOf, type Template } from '../../local/template.ts';
import { startSink, tableIn, variablesOf } from '../function-environment.ts';
import { type Counts, startCountingGate } from './counting-gate.ts';
import { type FunctionProcess, startFunction } from './function-process.ts';
import { openSite, type Site } from './site.ts';
import { type Loads, makeTableFile } from './table-file.ts';

const FUNCTIONS = ['fan-out', 'deliver', 'pump', 'sweep', 'subscriptions'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** The functions' bundles, and engines in other processes whose calls are counted. */
export interface GrowthEnvironment {
  /** Open one of the loaded tables, with its own queues. */
  openSite(tableName: string): Promise<Site>;
  startFunction(name: FunctionName, site: Site): Promise<FunctionProcess>;
  /** Return the functions' calls to the engines since the last call. */
  takeCounts(): { readonly table: Counts; readonly queues: Counts };
  /** Return the number of requests to endpoints since the last call. */
  takeArrivals(): number;
  stop(): Promise<void>;
}

/** @param loads return the initial contents of the tables by name; their hook URLs are `sinkUrl` */
export async function startEnvironment(
  cdkOut: string,
  loads: (sinkUrl: string) => Loads,
): Promise<GrowthEnvironment> {
  const died = Promise.withResolvers<never>();
  died.promise.catch((error: Error) => console.error(error.message));
  const sink = await startSink();
  const directory = join(cdkOut, 'growth');
  mkdirSync(directory);
  const template = readTemplate(cdkOut);
  const resource = tableIn(template);
  const tables = loads(`${sink.endpoint}/`);

  const file = await makeTableFile(directory, resource, tables);
  const engine = await startDynoxide({ file, onDeath: died.reject });
  for (const name of Object.keys(tables))
    await ensureTable(engine.endpoint, name, resource, 'nothing is kept');

  const queues = await startFauxqs(undefined);
  const tableGate = await startCountingGate(engine, 'table');
  const queueGate = await startCountingGate(queues, 'queues');
  for (const name of FUNCTIONS) bundleFunction(name, join(directory, name));
  const client = new DynamoDBClient(clientSettings(engine.endpoint));
  return {
    openSite: (tableName) => openSite(openTable(tableName, Date.now, client), queues, queueGate.endpoint),
    startFunction: (name, site) =>
      startFunction(join(directory, name, 'index.js'), memoryOf(template, name), {
        ...variablesOf(name, { name: site.table.tableName, endpoint: tableGate.endpoint }),
        AWS_ENDPOINT_URL_SQS: queueGate.endpoint,
        // The default, as on Lambda; the bench itself has more threads.
        UV_THREADPOOL_SIZE: '4',
        ...site.queueVariables,
      }),
    takeCounts: () => ({ table: tableGate.takeCounts(), queues: queueGate.takeCounts() }),
    takeArrivals: sink.takeArrivals,
    async stop() {
      client.destroy();
      await sink.stop();
      await Promise.all([tableGate.stop(), queueGate.stop()]);
      await Promise.all([queues.stop(), engine.stop()]);
    },
  };
}

/** Return the memory of a Lambda function in MB. */
function memoryOf(template: Template, name: FunctionName): number {
  for (const [, { Properties = {} }] of resourcesOf(template, 'AWS::Lambda::Function')) {
    const { Environment, MemorySize } = Properties as {
      Environment?: { Variables?: Record<string, unknown> };
      MemorySize?: number;
    };
    if (Environment?.Variables?.POWERTOOLS_SERVICE_NAME === name && MemorySize !== undefined)
      return MemorySize;
  }
  throw new Error(`The template has no memory size for the function "${name}".`);
}
