import { Link } from 'wouter';
import { useSummary } from '../../api/summary.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { messages } from './messages.ts';

const STATES = ['failing', 'paused', 'disabled'] as const;

/** How many subscriptions are not healthy, and what the last hour and day brought. */
export function States() {
  const t = useText(messages);
  const { language } = useLanguage();
  const number = (count: number) => count.toLocaleString(language);
  return (
    <section className="card">
      <header>
        <h2>{t('states')}</h2>
        <div className="actions">
          <Link href="/subscriptions">{t('allSubscriptions')}</Link>
        </div>
      </header>
      <QueryView query={useSummary()} lines={4}>
        {({ subscriptions, lastHour, lastDay }) => (
          <>
            <ul className="states">
              {STATES.map((state) => (
                <li key={state}>
                  <Link href={`/subscriptions?state=${state}`}>{t(`${state}Count`)}</Link>
                  <span className="number">
                    {number(subscriptions[state].count)}
                    {subscriptions[state].more && '+'}
                  </span>
                </li>
              ))}
            </ul>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('ended')}</th>
                  <th scope="col" className="number">
                    {t('lastHour')}
                  </th>
                  <th scope="col" className="number">
                    {t('lastDay')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {(['delivered', 'failed', 'attempts'] as const).map((name) => (
                  <tr key={name}>
                    <th scope="row">{t(`${name}Sum`)}</th>
                    <td className="number">{number(lastHour[name])}</td>
                    <td className="number">{number(lastDay[name])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </QueryView>
    </section>
  );
}
