import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { useFirstDue } from '../../api/deliveries.ts';
import { nameOf } from '../../api/subscriptions.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { Due } from '../../ui/due.tsx';
import { messages } from './messages.ts';

const SHOWN = 20;

/** The subscriptions for which most deliveries wait, and when the first one is due. */
export function Queued({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const t = useText(messages);
  const { language } = useLanguage();
  const shown = subscriptions
    .filter(({ health }) => health.held > 0)
    .toSorted((a, b) => b.health.held - a.health.held)
    .slice(0, SHOWN);
  const firstDue = useFirstDue(shown.map(({ id }) => id));
  return (
    <section className="card">
      <header>
        <h2>{t('queued')}</h2>
      </header>
      <p className="hint">{t('queuedHint')}</p>
      {shown.length === 0 ? (
        <p className="nothing">{t('nothingQueued')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('subscription')}</th>
              <th scope="col" className="number">
                {t('count')}
              </th>
              <th scope="col">{t('nextDue')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((subscription, index) => (
              <tr key={subscription.id}>
                <th scope="row">
                  <Link href={`/subscriptions/${subscription.id}/waiting`}>{nameOf(subscription)}</Link>
                </th>
                <td className="number">{subscription.health.held.toLocaleString(language)}</td>
                <td>
                  <Due at={firstDue[index] ?? null} subscription={subscription} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
