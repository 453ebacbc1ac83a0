import { useSearchParams } from 'wouter';
import { DELIVERY_STATES, useDeliveriesOfEvent } from '../../api/deliveries.ts';
import { AttemptDialog } from '../../attempt/attempt-dialog.tsx';
import { useOpenAttempt } from '../../attempt/use-open-attempt.ts';
import { useText } from '../../i18n/language.tsx';
import { NoMatches } from '../../ui/no-matches.tsx';
import { Scan } from '../../ui/scan.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { Delivery } from './delivery.tsx';
import { DeliveryFilters } from './delivery-filters.tsx';
import { messages } from './messages.ts';

/** The event's deliveries, page by page, and the attempt in the address. */
export function Deliveries({ eventId }: { eventId: string }) {
  const t = useText(messages);
  const { open, show, close } = useOpenAttempt();
  return (
    <section className="card">
      <header>
        <h2>{t('deliveries')}</h2>
      </header>
      <DeliveryFilters />
      <List eventId={eventId} />
      {open && <AttemptDialog open={open} list={[]} onShow={show} onClose={close} />}
    </section>
  );
}

function List({ eventId }: { eventId: string }) {
  const t = useText(messages);
  const [search, setSearch] = useSearchParams();
  const name = search.get('name');
  const state = DELIVERY_STATES.find((each) => each === search.get('state'));
  const list = useDeliveriesOfEvent(eventId, { ...(name && { name }), ...(state && { state }) });
  const { items, error, isPending, hasNextPage, refetch } = list;
  const clear = () =>
    setSearch((former) => {
      const next = new URLSearchParams(former);
      next.delete('name');
      next.delete('state');
      return next;
    });

  if (isPending) return <Loading lines={2} />;
  if (error && items.length === 0) return <Failure error={error} onRetry={() => refetch()} />;
  if (items.length > 0 || hasNextPage)
    return (
      <>
        <ul className="deliveries" aria-label={t('deliveries')}>
          {items.map((delivery) => (
            <li key={delivery.subscriptionId}>
              <Delivery eventId={eventId} delivery={delivery} />
            </li>
          ))}
        </ul>
        <Scan list={list} />
      </>
    );
  if (name !== null || state !== undefined)
    return (
      <NoMatches title={t('noMatch')} onClear={clear}>
        {t('noMatchText')}
      </NoMatches>
    );
  return (
    <Empty icon="events" title={t('none')}>
      {t('noneText')}
    </Empty>
  );
}
