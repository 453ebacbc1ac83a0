import type { Subscription } from '../../../../client/index.ts';
import { useText } from '../../i18n/language.tsx';
import { CodeView } from '../../ui/code-view.tsx';
import { Fact } from '../../ui/fact.tsx';
import { HeaderList } from '../../ui/header-list.tsx';
import { ExactTime } from '../../ui/moment.tsx';
import { SecretCard } from './secret-card.tsx';
import { settingsMessages } from './settings-messages.ts';

/** The settings, read-only. */
export function Settings({ subscription }: { subscription: Subscription }) {
  const t = useText(settingsMessages);
  const { id, events, condition, format, template, fields, signature, timeoutSeconds, retry } = subscription;
  const { redirects, rateLimit, maxInFlight, ordering, log, traceState } = subscription;
  return (
    <div className="stack">
      {signature !== 'none' && <SecretCard subscriptionId={id} />}
      <section className="card">
        <dl className="settings">
          <Fact label={t('events')}>
            <span className="chips">
              {events.map((event) => (
                <span key={event} className="chip">
                  {event}
                </span>
              ))}
            </span>
          </Fact>
          <Fact label={t('condition')}>{condition ? <code>{condition}</code> : t('everyEvent')}</Fact>
          <Fact label={t('format')}>
            <code>{format}</code>
          </Fact>
          {template && (
            <Fact label={t('template')}>
              <CodeView label={t('template')} text={template} />
            </Fact>
          )}
          {fields && (
            <Fact label={t('fields')}>
              <HeaderList
                headers={Object.fromEntries(fields.map(({ key, fieldname }) => [key, fieldname]))}
              />
            </Fact>
          )}
          <Fact label={t('signature')}>
            <code>{signature}</code>
          </Fact>
          <Pairs label={t('headers')} pairs={subscription.headers} />
          <Fact label={t('timeout')}>{timeoutSeconds} s</Fact>
          <Fact label={t('retry')}>
            {Array.isArray(retry) ? retry.map((seconds) => `${seconds} s`).join(', ') : t(`${retry}Retry`)}
          </Fact>
          {redirects !== 'fail' && <Fact label={t('redirects')}>{t(`${redirects}Redirects`)}</Fact>}
          {rateLimit && <Fact label={t('rateLimit')}>{t('perSecond', { count: rateLimit.perSecond })}</Fact>}
          {maxInFlight !== null && <Fact label={t('maxInFlight')}>{maxInFlight}</Fact>}
          {ordering === 'strict' && <Fact label={t('ordering')}>{t('strictOrdering')}</Fact>}
          {traceState && <Fact label={t('traceState')}>{t('sentTraceState')}</Fact>}
          {log === 'full' && <Fact label={t('log')}>{t('fullLog')}</Fact>}
          <Pairs label={t('metadata')} pairs={subscription.metadata} />
          <Fact label={t('id')}>
            <code>{id}</code>
          </Fact>
          <Fact label={t('created')}>
            <ExactTime at={subscription.createdAt} />
          </Fact>
          <Fact label={t('changed')}>
            <ExactTime at={subscription.updatedAt} />
          </Fact>
        </dl>
      </section>
    </div>
  );
}

function Pairs({ label, pairs }: { label: string; pairs: Readonly<Record<string, string>> }) {
  if (Object.keys(pairs).length === 0) return null;
  return (
    <Fact label={label}>
      <HeaderList headers={pairs} />
    </Fact>
  );
}
