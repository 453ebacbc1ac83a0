import { useSearchParams } from 'wouter';
import { JOB_KINDS, JOB_STATES, useJobs } from '../../api/jobs.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Scan } from '../../ui/scan.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useFilter } from '../../ui/use-filter.ts';
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
  const [kind, setKind] = useFilter('kind');
  const [state, setState] = useFilter('state');
  return (
    <search className="filters">
      {can('manage') && (
        <Field label={t('kind')} labelHidden>
          {(control) => (
            <Select
              {...control}
              value={kind}
              options={[['', t('allKinds')], ...JOB_KINDS.map((each) => [each, t(each)] as const)]}
              onChange={setKind}
            />
          )}
        </Field>
      )}
      <Field label={t('state')} labelHidden>
        {(control) => (
          <Select
            {...control}
            value={state}
            options={[['', t('allStates')], ...JOB_STATES.map((each) => [each, t(each)] as const)]}
            onChange={setState}
          />
        )}
      </Field>
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
  return (
    <Empty
      icon="search"
      title={t('noneTitle')}
      action={<Button onClick={() => setSearch({})}>{t('clear')}</Button>}
    >
      {t('noneText')}
    </Empty>
  );
}
