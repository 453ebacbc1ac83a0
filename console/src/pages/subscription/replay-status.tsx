import type { ReplayJob } from '../../api/types.ts';
import { useText } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { useReplayJob, watchJob } from './replay-job.ts';
import { replayMessages } from './replay-messages.ts';

/** The progress of the replay that this console started. */
export function ReplayStatus({ subscriptionId }: { subscriptionId: string }) {
  const t = useText(replayMessages);
  const { data } = useReplayJob(subscriptionId);
  if (data === undefined) return null;
  return (
    <div className="notice" role="status">
      <p>
        <StatusText job={data} />
      </p>
      {data.state === 'running' ? (
        // The total is unknown until all deliveries have been counted.
        <progress aria-label={t('progress')} {...(data.total > 0 && { value: data.done, max: data.total })} />
      ) : (
        <Button kind="quiet" onClick={() => watchJob(subscriptionId, null)}>
          {t('dismiss')}
        </Button>
      )}
    </div>
  );
}

function StatusText({ job: { state, done, total } }: { job: ReplayJob }) {
  const t = useText(replayMessages);
  if (state === 'running') return t('running', { done, total });
  if (state === 'cancelled') return t('cancelled');
  return done === 0 ? t('nothing') : t('done', { count: done });
}
