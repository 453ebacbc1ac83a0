import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildAppOptions, buildApp } from 'fauxqs';
import type { Ask } from '../access/gate.ts';
import { REGION } from '../settings.ts';
import { withSenders } from './fauxqs-senders.ts';

type Stores = NonNullable<BuildAppOptions['stores']>;

/** The modules of fauxqs 2.4.1 that its package does not export. */
interface Internals {
  readonly SqsStore: Parameters<typeof withSenders>[0] & (new () => Stores['sqsStore']);
  readonly SnsStore: new () => Stores['snsStore'];
  readonly S3Store: new () => Stores['s3Store'];
  readonly PersistenceManager: new (
    dataDir: string,
  ) => {
    load(sqs: Stores['sqsStore'], sns: Stores['snsStore'], s3: Stores['s3Store']): void;
    close(): void;
  };
}

export interface FauxqsApp {
  readonly ask: Ask;
  readonly inspectQueue: Stores['sqsStore']['inspectQueue'];
  stop(): Promise<void>;
}

/**
 * Open fauxqs without its server, which would listen on all addresses and check nothing. This follows its `startFauxqs`.
 *
 * @param dataDir directory for queued messages; without one, all messages are in memory
 */
export async function openFauxqs(dataDir: string | undefined): Promise<FauxqsApp> {
  const internals = await importInternals();
  const sqsStore = new internals.SqsStore();
  const snsStore = new internals.SnsStore();
  const s3Store = new internals.S3Store();
  const persistence = dataDir === undefined ? undefined : openPersistence(internals, dataDir);
  if (persistence !== undefined) {
    persistence.load(sqsStore, snsStore, s3Store);
    // Set only after loading, which would otherwise delete what it loads.
    for (const store of [sqsStore, snsStore, s3Store, ...sqsStore.allQueues()])
      Object.assign(store, { persistence });
  }
  const app = buildApp({
    logger: false,
    host: 'localhost',
    defaultRegion: REGION,
    stores: { sqsStore, snsStore, s3Store },
  });
  if (persistence !== undefined)
    app.addHook('preClose', (done) => {
      persistence.close();
      done();
    });
  await app.ready();
  return {
    ask: withSenders(internals.SqsStore, async ({ method, url, headers, body }) => {
      const answer = await app.inject({ method: method as 'POST', url, headers, payload: body });
      return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload };
    }),
    inspectQueue: (name) => sqsStore.inspectQueue(name),
    stop: () => app.close(),
  };
}

async function importInternals(): Promise<Internals> {
  const modules = ['sqs/sqsStore', 'sns/snsStore', 's3/s3Store', 'persistence'].map(
    (name) => import(new URL(`./${name}.js`, import.meta.resolve('fauxqs')).href),
  );
  return Object.assign({}, ...(await Promise.all(modules)));
}

function openPersistence({ PersistenceManager }: Internals, dataDir: string) {
  // The user alone may read messages. SQLite gives its other files the mode of this one.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  closeSync(openSync(join(dataDir, 'fauxqs.db'), 'a', 0o600));
  return new PersistenceManager(dataDir);
}
