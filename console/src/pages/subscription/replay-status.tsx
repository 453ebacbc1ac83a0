import type { ReplayJob } from '../../api/types.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Failure } from '../../ui/states.tsx';
import { useCancelReplay, useReplayJob, watchJob } from './replay-job.ts';
import { replayMessages } from './replay-messages.ts';

/** The progress of a replay that runs, or how the one that was watched has ended. */
export function ReplayStatus({ subscriptionId }: { subscriptionId: string }) {
  const t = useText(replayMessages);
  const job = useReplayJob(subscriptionId);
  if (job === undefined) return null;
  return (
    <div className="notice" role="status">
      <p>
        <StatusText job={job} />
      </p>
      {job.state === 'running' ? (
        <>
          {/* Until a part of the time range is gone through, the total is unknown. */}
          <progress
            aria-label={t('progress')}
            {...(job.endsAt !== null && { value: job.done, max: job.total })}
          />
          <Cancel subscriptionId={subscriptionId} job={job} />
        </>
      ) : (
        <Button kind="quiet" onClick={() => watchJob(subscriptionId, null)}>
          {t('dismiss')}
        </Button>
      )}
    </div>
  );
}

function StatusText({ job: { state, done, total, endsAt } }: { job: ReplayJob }) {
  const t = useText(replayMessages);
  if (state === 'cancelled') return t('cancelled', { count: done });
  if (state === 'done') return done === 0 ? t('nothing') : t('done', { count: done });
  if (endsAt === null) return t('started', { done });
  return (
    <>
      {t('running', { done, total })} {t('endsAt')} <Moment at={endsAt} />
    </>
  );
}

function Cancel({ subscriptionId, job }: { subscriptionId: string; job: ReplayJob }) {
  const t = useText(replayMessages);
  const { can } = useSession();
  const cancel = useCancelReplay(subscriptionId);
  if (!can('manage')) return null;
  return (
    <>
      <Button kind="quiet" busy={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
        {t('cancel')}
      </Button>
      {cancel.error && <Failure error={cancel.error} />}
    </>
  );
}
