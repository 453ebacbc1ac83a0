import { useSearchParams } from 'wouter';
import { JOB_KINDS, JOB_STATES, useJobs } from '../../api/jobs.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { ChoiceFilter } from '../../ui/choice-filter.tsx';
import { NoMatches } from '../../ui/no-matches.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Scan } from '../../ui/scan.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { JobEntry } from './job-entry.tsx';
import { messages } from './messages.ts';

/** The replays of all subscriptions and the erasures of the project, which only keys that may manage see. */
export default function JobsPage() {
  const t = useText(messages);
  const { can } = useSession();
  return (
    <>
      <PageHeader title={t('title')} lead={t(can('manage') ? 'lead' : 'leadReplays')} />
      <Filters />
      <List />
    </>
  );
}

function Filters() {
  const t = useText(messages);
  const { can } = useSession();
  const kinds = JOB_KINDS.map((each) => [each, t(each)] as const);
  const states = JOB_STATES.map((each) => [each, t(each)] as const);
  return (
    <search className="filters">
      {can('manage') && <ChoiceFilter name="kind" label={t('kind')} all={t('allKinds')} options={kinds} />}
      <ChoiceFilter name="state" label={t('state')} all={t('allStates')} options={states} />
    </search>
  );
}

function List() {
  const t = useText(messages);
  const [search, setSearch] = useSearchParams();
  const kind = JOB_KINDS.find((each) => each === search.get('kind'));
  const state = JOB_STATES.find((each) => each === search.get('state'));
  const jobs = useJobs({ ...(kind && { kind }), ...(state && { state }) });
  const { items, error, isPending, hasNextPage, refetch } = jobs;

  if (isPending) return <Loading lines={4} />;
  if (error && items.length === 0) return <Failure error={error} onRetry={() => refetch()} />;
  if (items.length > 0 || hasNextPage)
    return (
      <>
        {items.length > 0 && (
          <ul className="card deliveries" aria-label={t('title')}>
            {items.map((job) => (
              <li key={job.id}>
                <JobEntry job={job} />
              </li>
            ))}
          </ul>
        )}
        <Scan list={jobs} />
      </>
    );
  if (kind === undefined && state === undefined)
    return (
      <Empty icon="replay" title={t('emptyTitle')}>
        {t('emptyText')}
      </Empty>
    );
  return <NoMatches onClear={() => setSearch({})}>{t('noneText')}</NoMatches>;
}
