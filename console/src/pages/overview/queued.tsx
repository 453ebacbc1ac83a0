import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { useQueueSummaries } from '../../api/deliveries.ts';
import { nameOf } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { Moment } from '../../ui/moment.tsx';
import { messages } from './messages.ts';

const SHOWN = 20;

/** The queued deliveries of each subscription, and when the first one is due. */
export function Queued({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const t = useText(messages);
  const shown = subscriptions.slice(0, SHOWN);
  const summaries = useQueueSummaries(shown.map(({ id }) => id));
  const rows = shown
    .map((subscription, index) => ({ subscription, summary: summaries[index] }))
    .filter(({ summary }) => summary !== undefined && summary.count > 0);
  const isLoading = summaries.includes(undefined);
  return (
    <section className="card">
      <header>
        <h2>{t('queued')}</h2>
      </header>
      <p className="hint">{t('queuedHint')}</p>
      {rows.length === 0 ? (
        <p className="nothing">{isLoading ? '…' : t('nothingQueued')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('subscription')}</th>
              <th scope="col" className="number">
                {t('count')}
              </th>
              <th scope="col">{t('nextDue')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ subscription, summary }) => (
              <tr key={subscription.id}>
                <th scope="row">
                  <Link href={`/subscriptions/${subscription.id}/waiting`}>{nameOf(subscription)}</Link>
                </th>
                <td className="number">
                  {summary?.count}
                  {summary?.isMore && '+'}
                </td>
                <td>{summary?.nextDueAt ? <Moment at={summary.nextDueAt} /> : t('held')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
