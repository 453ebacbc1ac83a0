import { Link } from 'wouter';
import type { Usage } from '../api/types.ts';
import { useUsage } from '../api/usage.ts';
import { useText } from '../i18n/language.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failure } from '../ui/states.tsx';
import { limitsToReport } from './limits.ts';
import { messages } from './messages.ts';
import { useLimitText } from './use-limit-text.ts';

/** Notices of the limits that the project has reached and of those that it is near, with what happens beyond them. */
export function LimitNotices() {
  const { data, error, refetch } = useUsage();
  // Most projects have no notice, so no placeholder is shown while the usage loads.
  if (data === undefined) return error && <Failure error={error} onRetry={() => refetch()} />;
  return (
    <>
      <LimitNotice usage={data} nearness="reached" />
      <LimitNotice usage={data} nearness="near" />
    </>
  );
}

function LimitNotice({ usage, nearness }: { usage: Usage; nearness: 'near' | 'reached' }) {
  const t = useText(messages);
  const textOf = useLimitText(usage);
  const limits = limitsToReport(usage, nearness);
  if (limits.length === 0) return null;
  return (
    <Notice tone={nearness === 'reached' ? 'bad' : 'warn'} icon="warning" title={t(nearness)}>
      <ul className="limits">
        {limits.map((limit) => {
          const { name, beyond, ...amounts } = textOf(limit);
          return (
            <li key={limit.name}>
              <strong>{name}</strong> {t('share', amounts)}
              <p>{beyond}</p>
            </li>
          );
        })}
      </ul>
      <Link href="/usage">{t('all')}</Link>
    </Notice>
  );
}
