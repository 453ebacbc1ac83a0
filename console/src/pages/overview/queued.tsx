import { Link } from 'wouter';
import { nameOf } from '../../api/subscriptions.ts';
import { useSummary } from '../../api/summary.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { messages } from './messages.ts';

/** About how many deliveries wait for endpoints that fail or are paused, and for which ones most of them do. */
export function Queued() {
  const t = useText(messages);
  const { language } = useLanguage();
  return (
    <section className="card">
      <header>
        <h2>{t('queued')}</h2>
      </header>
      <p className="hint">{t('queuedHint')}</p>
      <QueryView query={useSummary()} lines={2}>
        {({ held, failing }) => {
          const waiting = failing.data
            .filter((endpoint) => endpoint.held > 0)
            .toSorted((a, b) => b.held - a.held);
          if (held.count === 0 && !held.more) return <p className="nothing">{t('nothingQueued')}</p>;
          return (
            <>
              <p>{t(held.more ? 'heldAtLeast' : 'heldAbout', { count: held.count })}</p>
              {waiting.length > 0 && (
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('subscription')}</th>
                      <th scope="col" className="number">
                        {t('count')}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {waiting.map((endpoint) => (
                      <tr key={endpoint.subscriptionId}>
                        <th scope="row">
                          <Link href={`/subscriptions/${endpoint.subscriptionId}/waiting`}>
                            {nameOf(endpoint)}
                          </Link>
                        </th>
                        <td className="number">{endpoint.held.toLocaleString(language)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </>
          );
        }}
      </QueryView>
    </section>
  );
}
