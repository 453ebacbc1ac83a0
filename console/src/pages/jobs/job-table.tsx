import { Link } from 'wouter';
import type { Job } from '../../api/types.ts';
import { useText } from '../../i18n/language.tsx';
import { ExactTime, Moment } from '../../ui/moment.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';

type Replay = Extract<Job, { kind: 'replay' }>;
type Erasure = Extract<Job, { kind: 'erasure' }>;

const BADGES = { running: 'running', done: 'done', cancelled: 'stopped' } as const;

export function JobTable({ jobs }: { jobs: readonly Job[] }) {
  const t = useText(messages);
  return (
    <section className="card">
      <table>
        <caption className="visually-hidden">{t('list')}</caption>
        <thead>
          <tr>
            {(['job', 'state', 'progress', 'started', 'ended'] as const).map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <th scope="row">
                {job.kind === 'replay' ? <ReplayName job={job} /> : <ErasureName job={job} />}
              </th>
              <td>
                <StatusBadge status={BADGES[job.state]} />
              </td>
              <td>{job.kind === 'replay' ? <ReplayProgress job={job} /> : <ErasureProgress job={job} />}</td>
              <td>
                <Moment at={job.requestedAt} />
              </td>
              <td>
                <End job={job} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ReplayName({ job: { subscriptionId, subscriptionName, only, since, until } }: { job: Replay }) {
  const t = useText(messages);
  return (
    <>
      {t('replayOf')}{' '}
      <Link href={`/subscriptions/${subscriptionId}`}>{subscriptionName ?? subscriptionId}</Link>
      <p className="hint">
        {t(only)} {t('acceptedBetween')} <ExactTime at={since} /> {t('and')} <ExactTime at={until} />
      </p>
    </>
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
  if (state !== 'running' || endsAt === null) return t('replayed', { count: done });
  return (
    <>
      <progress aria-label={t('progress')} value={done} max={total} /> {t('replayedOf', { done, total })}
    </>
  );
}

function ErasureProgress({ job: { state, erased, examined, reachedAt } }: { job: Erasure }) {
  const t = useText(messages);
  return (
    <>
      {t('erasedOf', { erased, count: examined })}
      {state === 'running' && reachedAt !== null && (
        <p className="hint">
          {t('reached')} <ExactTime at={reachedAt} />
        </p>
      )}
    </>
  );
}

function End({ job }: { job: Job }) {
  const t = useText(messages);
  if (job.endedAt !== null) return <Moment at={job.endedAt} />;
  if (job.state !== 'running') return t('unknown');
  if (job.kind === 'replay' && job.endsAt !== null)
    return (
      <span className="muted">
        {t('endsAt')} <Moment at={job.endsAt} />
      </span>
    );
  return '–';
}
