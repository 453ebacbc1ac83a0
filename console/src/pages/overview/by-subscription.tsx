import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { situationOf } from '../../api/health.ts';
import { useStatsOf } from '../../api/statistics.ts';
import { nameOf } from '../../api/subscriptions.ts';
import { duration } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';

/** Each subscription takes one request. */
const SHOWN = 20;

/** Success rate and p95 of each subscription, lowest success rate first. */
export function BySubscription({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const t = useText(messages);
  const { language } = useLanguage();
  const shown = subscriptions.slice(0, SHOWN);
  const stats = useStatsOf(shown.map(({ id }) => id));
  const rows = shown
    .map((subscription, index) => {
      const its = stats[index];
      const rate = its && its.attempts > 0 ? its.succeeded / its.attempts : null;
      return { subscription, rate, p95Ms: its?.p95Ms ?? null, attempts: its?.attempts };
    })
    .toSorted((a, b) => (a.rate ?? 2) - (b.rate ?? 2));
  return (
    <section className="card">
      <header>
        <h2>{t('bySubscription')}</h2>
        <div className="actions">
          <Link href="/subscriptions">{t('allSubscriptions')}</Link>
        </div>
      </header>
      <p className="hint">{t('bySubscriptionHint')}</p>
      <table className="by-subscription">
        <thead>
          <tr>
            <th scope="col">{t('subscription')}</th>
            <th scope="col">{t('successRate')}</th>
            <th scope="col" className="number">
              {t('p95')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ subscription, rate, p95Ms }) => (
            <tr key={subscription.id}>
              <th scope="row">
                <Link href={`/subscriptions/${subscription.id}`}>{nameOf(subscription)}</Link>{' '}
                <StatusBadge status={situationOf(subscription)} />
              </th>
              <td>
                <Rate rate={rate} />
              </td>
              <td className="number">{p95Ms === null ? '–' : duration(p95Ms, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A success rate as a bar and as a percentage. */
function Rate({ rate }: { rate: number | null }) {
  const { language } = useLanguage();
  if (rate === null) return '–';
  return (
    <span className="rate">
      <span className="rate-bar" aria-hidden="true">
        <span style={{ width: `${rate * 100}%` }} />
      </span>
      <span className="number">
        {rate.toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 })}
      </span>
    </span>
  );
}
