/**
 * Delivers to 500 subscriptions of one project, whose templates take as much memory as 28 KB can, and to a hundred of them
 * again, as a deliver function does that lives for long. Prints the number of requests and the peak memory as JSON.
 */
import { deliveryBody, inMemoryPipeline, received } from '../support/pipeline.ts';
import { eventRecord, subscriptionRecord } from '../support/records.ts';

const SUBSCRIPTIONS = 500;
/** 28 KB, and nearly as many tokens as a template may have. */
const SUMS = 3990;

const { subscriptions, requests, deliver } = inMemoryPipeline();
const ids: string[] = [];
for (let index = 0; index < SUBSCRIPTIONS; index++) {
  const template = `${index + 1}${'{{1+1}}'.repeat(SUMS)}`;
  const subscription = subscriptionRecord({ format: 'template', template });
  await subscriptions.create(subscription);
  ids.push(subscription.id);
}
const handle = deliver();
for (const subscriptionId of [...ids, ...ids.slice(0, 100)]) {
  const delivery = {
    project: 'erp',
    subscriptionId,
    number: 1,
    trigger: 'event',
    event: eventRecord(),
  } as const;
  await handle([received({ body: deliveryBody(delivery) })]);
}
const isRendered = ({ body }: { body: string }) => body.length > SUMS;
const { maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({ rendered: requests.filter(isRendered).length, peakMegabytes: Math.round(maxRSS / 1024) }),
);
