import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { useWaitingOf } from '../../api/deliveries.ts';
import { nameOf } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { Moment } from '../../ui/moment.tsx';
import { messages } from './messages.ts';

const SHOWN = 20;

/** What waits for each subscription, and when the first of it is due. */
export function WhatWaits({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const t = useText(messages);
  const shown = subscriptions.slice(0, SHOWN);
  const waiting = useWaitingOf(shown.map(({ id }) => id));
  const rows = shown
    .map((subscription, index) => ({ subscription, waits: waiting[index] }))
    .filter(({ waits }) => waits !== undefined && waits.count > 0);
  const isLoading = waiting.includes(undefined);
  return (
    <section className="card">
      <header>
        <h2>{t('waiting')}</h2>
      </header>
      <p className="hint">{t('waitingHint')}</p>
      {rows.length === 0 ? (
        <p className="nothing">{isLoading ? '…' : t('nothingWaits')}</p>
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
            {rows.map(({ subscription, waits }) => (
              <tr key={subscription.id}>
                <th scope="row">
                  <Link href={`/subscriptions/${subscription.id}/waiting`}>{nameOf(subscription)}</Link>
                </th>
                <td className="number">
                  {waits?.count}
                  {waits?.isMore && '+'}
                </td>
                <td>{waits?.nextDueAt ? <Moment at={waits.nextDueAt} /> : t('held')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
