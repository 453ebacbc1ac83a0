import type { Subscription } from '../../client/index.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { DURATION_LIMITS, STRETCH_MS, startOf } from '../../core/model/traffic.ts';
import { eventually } from '../support/eventually.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import type { Stack } from '../support/stack.ts';

type Api = Pick<Stack, 'call' | 'subscribe' | 'publish' | 'table' | 'project'>;

const TYPES = {
  'invoice.paid': [
    'An invoice was paid in full',
    { id: 'inv_1042', customer: 'Northwind', total: 1249.5, currency: 'EUR' },
  ],
  'invoice.voided': ['An invoice was cancelled', { id: 'inv_1043', reason: 'duplicate' }],
  'job.created': ['A job was opened', { id: 7731, title: 'Stage and lights, Lyon', status: 'provisional' }],
  'job.status.updated': ['A job went from one status to another', { id: 7731, status: 'confirmed' }],
  'contact.person.created': ['A person was added to the contacts', { id: 88, name: 'Ada Lovelace' }],
} as const;

type TypeName = keyof typeof TYPES;

/** Fill a project with healthy, failing, paused and disabled subscriptions, and with a day of traffic. */
export async function populate(stack: Api): Promise<Receiver> {
  const receiver = await startReceiver();
  receiver.respond(({ path }, response) => respond(path, response));
  for (const [type, [description, sample]] of Object.entries(TYPES))
    await stack.call('PUT', `/v1/projects/${stack.project}/event-types/${type}`, {
      description,
      samples: [sample],
    });
  const subscribe = (name: string, path: string, events: string[], more: object = {}) =>
    stack.subscribe({ name, url: receiver.url(path), events, ...more });
  await subscribe('Billing sync', '/billing', ['invoice.*'], { metadata: { owner: 'finance' } });
  await subscribe('Warehouse', '/warehouse', ['job.created', 'job.status.updated']);
  await subscribe('Large invoices to Slack', '/slack', ['invoice.paid'], {
    condition: 'data.total > 1000',
    format: 'template',
    template: '{"text": "{{ data.customer }} paid {{ data.total }} {{ data.currency }}"}',
  });
  await subscribe('CRM', '/crm', ['contact.*', 'invoice.paid', 'job.*'], {
    headers: { 'x-api-key': 'swordfish' },
  });
  await subscribe('Analytics', '/analytics', ['*'], { retry: [1, 1, 1, 1, 1, 3600] });
  await subscribe('Former portal', '/portal', ['invoice.paid'], { enabled: false });
  const halted = await subscribe('Archive', '/archive', ['invoice.voided']);
  const gone = await subscribe('Partner', '/gone', ['job.created']);

  for (let round = 0; round < 6; round++)
    for (const type of Object.keys(TYPES) as TypeName[])
      await stack.publish({ type, data: { ...TYPES[type][1], round }, actor: { name: 'Ada Lovelace' } });
  const subscriptions = `/v1/projects/${stack.project}/subscriptions`;
  await stack.call('PATCH', `${subscriptions}/${halted.id}`, { paused: true });
  await stack.publish({ type: 'invoice.voided', data: TYPES['invoice.voided'][1] });
  // An endpoint is paused once its first attempts have failed for ten seconds.
  const outage = setInterval(
    () => void stack.publish({ type: 'support.ticket.opened', data: { subject: 'Cable missing' } }),
    1000,
  );
  try {
    await eventually('an endpoint is paused and a subscription is disabled', async () => {
      const { data } = (await stack.call('GET', `${subscriptions}?state=paused`)).body;
      const { body } = await stack.call('GET', `${subscriptions}/${gone.id}`);
      return data.some(({ health }: Subscription) => health.mode === 'paused') && !body.enabled;
    });
  } finally {
    clearInterval(outage);
  }
  await pastTraffic(stack.table, stack.project);
  return receiver;
}

function respond(path: string, response: Parameters<Parameters<Receiver['respond']>[0]>[1]): void {
  const json = { 'content-type': 'application/json' };
  if (path === '/crm') response.writeHead(404, json).end('{"error":"no such integration","code":4041}');
  else if (path === '/analytics')
    response.writeHead(503, { 'content-type': 'text/plain' }).end('upstream is down');
  else if (path === '/gone') response.writeHead(410).end();
  else response.writeHead(200, json).end('{"received":true}');
}

/** Add a day of traffic with busy hours, and with an hour in which one endpoint was down. */
async function pastTraffic(table: DataTable, project: string): Promise<void> {
  const now = startOf(Date.now());
  const { add } = trafficStore(table);
  for (let step = 1; step < 288; step++) {
    const busy = 1 + Math.sin((step / 288) * 2 * Math.PI - 0.6);
    const outage = step > 60 && step < 72;
    const succeeded = Math.round(30 + 70 * busy + 14 * Math.sin(step * 1.7));
    const retrying = outage ? Math.round(24 + 8 * Math.sin(step)) : step % 17 === 0 ? 3 : 0;
    const failed = outage && step % 3 === 0 ? 6 : 0;
    const durations = DURATION_LIMITS.map((limit) => {
      if (limit === 100) return succeeded;
      if (limit === (step % 7 === 0 ? 350 : 200)) return Math.round(succeeded / 3);
      return limit === 5000 ? retrying + failed : 0;
    });
    await add(project, { at: now - step * STRETCH_MS, succeeded, retrying, failed, durations });
  }
}
