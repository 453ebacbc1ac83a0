import { Link } from 'wouter';
import { useText } from '../../i18n/language.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useFilter } from '../../ui/use-filter.ts';
import { messages } from './messages.ts';
import { ProjectLog } from './project-log.tsx';

/** The log of the whole project. */
export default function RequestLogPage() {
  const t = useText(messages);
  const [subscription] = useFilter('subscription');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <p className="hint log-note">
        {t('mayLag')}{' '}
        {subscription === '' ? (
          t('complete')
        ) : (
          <Link href={`/subscriptions/${subscription}`}>{t('toComplete')}</Link>
        )}
      </p>
      <ProjectLog />
    </>
  );
}
