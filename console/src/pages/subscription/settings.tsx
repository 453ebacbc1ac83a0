import type { ReactNode } from 'react';
import type { Subscription } from '../../../../client/index.ts';
import { useText } from '../../i18n/language.tsx';
import { CodeView } from '../../ui/code-view.tsx';
import { HeaderList } from '../../ui/header-list.tsx';
import { ExactTime } from '../../ui/moment.tsx';
import { SecretCard } from './secret-card.tsx';
import { settingsMessages } from './settings-messages.ts';

/** The settings, read-only. */
export function Settings({ subscription }: { subscription: Subscription }) {
  const t = useText(settingsMessages);
  const { id, events, condition, format, template, fields, signature, timeoutSeconds, retry } = subscription;
  return (
    <div className="stack">
      {signature !== 'none' && <SecretCard subscriptionId={id} />}
      <section className="card">
        <dl className="settings">
          <Setting label={t('events')}>
            <span className="chips">
              {events.map((event) => (
                <span key={event} className="chip">
                  {event}
                </span>
              ))}
            </span>
          </Setting>
          <Setting label={t('condition')}>{condition ? <code>{condition}</code> : t('everyEvent')}</Setting>
          <Setting label={t('format')}>
            <code>{format}</code>
          </Setting>
          {template && (
            <Setting label={t('template')}>
              <CodeView label={t('template')} text={template} />
            </Setting>
          )}
          {fields && (
            <Setting label={t('fields')}>
              <HeaderList
                headers={Object.fromEntries(fields.map(({ key, fieldname }) => [key, fieldname]))}
              />
            </Setting>
          )}
          <Setting label={t('signature')}>
            <code>{signature}</code>
          </Setting>
          <Pairs label={t('headers')} pairs={subscription.headers} />
          <Setting label={t('timeout')}>{timeoutSeconds} s</Setting>
          <Setting label={t('retry')}>
            {Array.isArray(retry) ? retry.map((seconds) => `${seconds} s`).join(', ') : t(`${retry}Retry`)}
          </Setting>
          <Pairs label={t('metadata')} pairs={subscription.metadata} />
          <Setting label={t('id')}>
            <code>{id}</code>
          </Setting>
          <Setting label={t('created')}>
            <ExactTime at={subscription.createdAt} />
          </Setting>
          <Setting label={t('changed')}>
            <ExactTime at={subscription.updatedAt} />
          </Setting>
        </dl>
      </section>
    </div>
  );
}

function Setting({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Pairs({ label, pairs }: { label: string; pairs: Readonly<Record<string, string>> }) {
  if (Object.keys(pairs).length === 0) return null;
  return (
    <Setting label={label}>
      <HeaderList headers={pairs} />
    </Setting>
  );
}
