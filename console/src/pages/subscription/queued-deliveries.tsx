import { Link } from 'wouter';
import { useQueuedDeliveries } from '../../api/deliveries.ts';
import { useText } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { messages as uiMessages } from '../../ui/messages.ts';
import { Moment } from '../../ui/moment.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { messages } from './messages.ts';

/** The queued deliveries of a subscription, and when they are due. */
export function QueuedDeliveries({ subscriptionId }: { subscriptionId: string }) {
  const t = useText(messages);
  const more = useText(uiMessages);
  const { items, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useQueuedDeliveries(subscriptionId);
  if (isPending) return <Loading />;
  if (error && items.length === 0) return <Failure error={error} onRetry={() => refetch()} />;
  if (items.length === 0)
    return (
      <Empty icon="clock" title={t('nothingQueued')}>
        {t('nothingQueuedText')}
      </Empty>
    );
  return (
    <div className="card">
      <header>
        <p className="hint">{t('queuedLead')}</p>
      </header>
      <table>
        <caption className="visually-hidden">{t('queuedList')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('event')}</th>
            <th scope="col" className="number">
              {t('nextAttempt')}
            </th>
            <th scope="col">{t('due')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ eventId, number, held, dueAt }) => (
            <tr key={`${eventId} ${number}`}>
              <td className="mono">
                <Link href={`/events/${encodeURIComponent(eventId)}`}>{eventId}</Link>
              </td>
              <td className="number">{number}</td>
              <td>{held || dueAt === null ? t('held') : <Moment at={dueAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {more('more')}
        </Button>
      )}
    </div>
  );
}
