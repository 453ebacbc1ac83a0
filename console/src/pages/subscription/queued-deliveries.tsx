import { Link } from 'wouter';
import { type Subscription, toPathSegment } from '../../../../client/index.ts';
import { useQueuedDeliveries } from '../../api/deliveries.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Due } from '../../ui/due.tsx';
import { messages as uiMessages } from '../../ui/messages.ts';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import { useAction } from './use-action.ts';

/** The queued deliveries of a subscription, and when they are due. */
export function QueuedDeliveries({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  const more = useText(uiMessages);
  const { items, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useQueuedDeliveries(subscription.id);
  const action = useAction(subscription.id);
  const { can } = useSession();
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
        {can('manage') && (
          <div className="actions">
            <Button icon="send" busy={action.isPending} onClick={() => action.mutate('sendNow')}>
              {t('sendNow')}
            </Button>
          </div>
        )}
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
          {items.map(({ eventId, number, dueAt }) => (
            <tr key={`${eventId} ${number}`}>
              <td className="mono">
                <Link href={`/events/${toPathSegment(eventId)}`}>{eventId}</Link>
              </td>
              <td className="number">{number}</td>
              <td>
                <Due at={dueAt} subscription={subscription} />
              </td>
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
