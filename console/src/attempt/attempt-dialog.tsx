import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { type Attempt, type Subscription, toPathSegment } from '../../../client/index.ts';
import { unwrap } from '../api/api-error.ts';
import { attemptStatus, isErased, useAttemptsOfDelivery, useWholeAttempt } from '../api/attempts.ts';
import { nameOf, useSubscription } from '../api/subscriptions.ts';
import { duration } from '../format/time.ts';
import { useLanguage, useText } from '../i18n/language.tsx';
import { useSession } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Fact } from '../ui/fact.tsx';
import { ExactTime } from '../ui/moment.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { StatusBadge } from '../ui/status.tsx';
import { useToast } from '../ui/toasts.tsx';
import { coursesOf, mostAttempts } from './course.ts';
import { DeliveryAttempts, withAttempt } from './delivery-attempts.tsx';
import { Exchange } from './exchange.tsx';
import { messages } from './messages.ts';
import { Neighbours } from './neighbours.tsx';
import { Reason } from './reason.tsx';
import type { AttemptName } from './use-open-attempt.ts';
import { Verdict } from './verdict.tsx';

interface AttemptDialogProps {
  readonly open: AttemptName;
  /** The list that the attempt was opened from, which the keys j and k walk along. */
  readonly list: readonly Attempt[];
  onShow(attempt: AttemptName): void;
  onClose(): void;
}

/** All details of an attempt, and the other attempts of its delivery. */
export function AttemptDialog({ open, list, onShow, onClose }: AttemptDialogProps) {
  const t = useText(messages);
  const query = useWholeAttempt(
    open,
    list.find(({ id }) => id === open.id),
  );
  const title = query.data === undefined ? t('loadingTitle') : t('title', { number: query.data.number });
  return (
    <Dialog title={title} wide onClose={onClose}>
      <div className="dialog-body">
        <Neighbours open={open} list={list} onShow={onShow} />
        <QueryView query={query} lines={4}>
          {(attempt) => (
            <>
              <Summary attempt={attempt} />
              <Exchange key={attempt.id} attempt={attempt} />
              {attempt.trigger !== 'test' && (
                <section>
                  <h3>{t('history')}</h3>
                  <DeliveryAttempts {...attempt} shown={attempt} />
                </section>
              )}
            </>
          )}
        </QueryView>
      </div>
    </Dialog>
  );
}

function Summary({ attempt }: { attempt: Attempt }) {
  const t = useText(messages);
  const { language } = useLanguage();
  const { eventId, eventType, subscriptionId, trigger, traceId } = attempt;
  const subscription = useSubscription(subscriptionId, false).data;
  return (
    <div className="attempt-summary">
      <div>
        <StatusBadge status={attemptStatus(attempt)} />
        <p>
          <Reason attempt={attempt} brief />
          <br />
          <Outcome attempt={attempt} subscription={subscription} />
        </p>
      </div>
      <dl className="facts">
        <Fact label={t('subscription')}>
          <Link href={`/subscriptions/${subscriptionId}`}>
            {subscription === undefined ? subscriptionId : nameOf(subscription)}
          </Link>
        </Fact>
        <Fact label={t('eventId')}>
          <code>{eventType}</code> <span className="muted">· {t(trigger)}</span>
          <br />
          {trigger === 'test' ? (
            <code>{eventId}</code>
          ) : (
            <Link href={`/events/${toPathSegment(eventId)}`}>
              <code>{eventId}</code>
            </Link>
          )}
        </Fact>
        <Fact label={t('sentAt')}>
          <ExactTime at={attempt.at} />
        </Fact>
        <div>
          <dt>{t('duration')}</dt>
          <dd className="number">{duration(attempt.durationMs, language)}</dd>
        </div>
        {traceId !== undefined && (
          <Fact label={t('traceId')}>
            <code>{traceId}</code>
          </Fact>
        )}
      </dl>
      {trigger !== 'test' && !isErased(attempt) && <Resend attempt={attempt} />}
    </div>
  );
}

interface OutcomeProps {
  readonly attempt: Attempt;
  readonly subscription: Subscription | undefined;
}

/** What became of the attempt and of its delivery. */
function Outcome({ attempt, subscription }: OutcomeProps) {
  const { eventId, subscriptionId, trigger } = attempt;
  const { data, items, hasNextPage } = useAttemptsOfDelivery(eventId, subscriptionId, {
    enabled: trigger !== 'test',
  });
  // How often a replay began the schedule again is known once all attempts are.
  const areAll = data !== undefined && !hasNextPage;
  return (
    <Verdict
      attempt={attempt}
      course={coursesOf(withAttempt(items, attempt))(attempt)}
      most={subscription && areAll ? mostAttempts(subscription, items, attempt) : undefined}
    />
  );
}

/** A button that sends the event to this subscription again. */
function Resend({ attempt: { eventId, subscriptionId } }: { attempt: Attempt }) {
  const t = useText(messages);
  const showToast = useToast();
  const { client, project, can } = useSession();
  const resend = useMutation({
    mutationFn: () =>
      unwrap(
        client.POST('/v1/projects/{project}/events/{id}/replay', {
          params: { path: { project, id: eventId } },
          body: { subscriptionId },
        }),
      ),
    onSuccess: () => showToast(t('resent')),
    onError: (error) => showToast(error.message, 'bad'),
  });
  if (!can('manage')) return null;
  return (
    <Button icon="replay" busy={resend.isPending} onClick={() => resend.mutate()}>
      {t('resend')}
    </Button>
  );
}
