import { Link } from 'wouter';
import type { Job } from '../../api/types.ts';
import { useText } from '../../i18n/language.tsx';
import { ExactTime, Moment } from '../../ui/moment.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';

type Replay = Extract<Job, { kind: 'replay' }>;
type Erasure = Extract<Job, { kind: 'erasure' }>;

const BADGES = { running: 'running', done: 'done', cancelled: 'stopped' } as const;

/** What a job does, how far it is, and when it began and ended. */
export function JobEntry({ job }: { job: Job }) {
  const t = useText(messages);
  return (
    <>
      <p className="delivery-head">
        <StatusBadge status={BADGES[job.state]} />
        {job.kind === 'replay' ? <ReplayName job={job} /> : <ErasureName job={job} />}
      </p>
      {job.kind === 'replay' && <ReplayRange job={job} />}
      <p className="delivery-head">
        {job.kind === 'replay' ? <ReplayProgress job={job} /> : <ErasureProgress job={job} />}
        <span className="muted">
          {t('started')} <Moment at={job.requestedAt} />
        </span>
        <End job={job} />
      </p>
    </>
  );
}

function ReplayName({ job: { subscriptionId, subscriptionName } }: { job: Replay }) {
  const t = useText(messages);
  return (
    <>
      {t('replayOf')}{' '}
      <Link href={`/subscriptions/${subscriptionId}`}>
        <strong>{subscriptionName ?? subscriptionId}</strong>
      </Link>
    </>
  );
}

function ReplayRange({ job: { only, since, until } }: { job: Replay }) {
  const t = useText(messages);
  return (
    <p className="hint">
      {t(only)} {t('acceptedBetween')} <ExactTime at={since} /> {t('and')} <ExactTime at={until} />
    </p>
  );
}

function ErasureName({ job: { actor } }: { job: Erasure }) {
  const t = useText(messages);
  if (actor === null) return t('erasureEnded');
  return (
    <>
      {t('erasureOf')} <code>{JSON.stringify(actor)}</code>
    </>
  );
}

function ReplayProgress({ job: { state, done, total, endsAt } }: { job: Replay }) {
  const t = useText(messages);
  // Until a part of the time range is gone through, the total is unknown.
  if (state !== 'running' || endsAt === null) return <span>{t('replayed', { count: done })}</span>;
  return (
    <>
      <progress aria-label={t('progress')} value={done} max={total} />
      <span>{t('replayedOf', { done, total })}</span>
    </>
  );
}

function ErasureProgress({ job: { state, erased, examined, reachedAt } }: { job: Erasure }) {
  const t = useText(messages);
  return (
    <span>
      {t('erasedOf', { erased, count: examined })}
      {state === 'running' && reachedAt !== null && (
        <>
          , {t('reached')} <ExactTime at={reachedAt} />
        </>
      )}
    </span>
  );
}

/** When the job ended, or an estimate of when it will. */
function End({ job: { state, endedAt, ...job } }: { job: Job }) {
  const t = useText(messages);
  const at = endedAt ?? (state === 'running' && 'endsAt' in job ? job.endsAt : null);
  if (at === null) return null;
  return (
    <span className="muted">
      {t(endedAt === null ? 'endsAbout' : 'ended')} <Moment at={at} />
    </span>
  );
}
