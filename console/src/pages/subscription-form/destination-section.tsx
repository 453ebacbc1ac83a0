import { useText } from '../../i18n/language.tsx';
import { Select } from '../../ui/field.tsx';
import { METHODS } from './draft.ts';
import { useForm } from './form-context.ts';
import { messages } from './messages.ts';
import { Section, Setting } from './setting.tsx';

/** Method, URL, name and whether the subscription is enabled. */
export function DestinationSection() {
  const t = useText(messages);
  const { draft, change } = useForm();
  return (
    <Section title={t('destination')}>
      <div className="columns method-url">
        <Setting name="method" label={t('method')}>
          {(control) => (
            <Select
              {...control}
              value={draft.method}
              options={METHODS.map((method) => [method, method])}
              onChange={(method) => change({ method })}
            />
          )}
        </Setting>
        <Setting name="url" label={t('url')} hint={t('urlHint')}>
          {(control) => (
            <input
              {...control}
              type="text"
              inputMode="url"
              className="mono"
              value={draft.url}
              placeholder="https://example.com/hook"
              spellCheck={false}
              autoComplete="off"
              onChange={({ target }) => change({ url: target.value.trim() })}
            />
          )}
        </Setting>
      </div>
      <label className="choice">
        <input
          type="checkbox"
          checked={draft.dynamicUrl}
          onChange={({ target }) => change({ dynamicUrl: target.checked })}
        />
        <span>
          {t('dynamicUrl')} <span className="hint">{t('dynamicUrlHint')}</span>
        </span>
      </label>
      {draft.dynamicUrl && (
        <label className="choice">
          <input
            type="checkbox"
            checked={draft.dynamicOrigin}
            onChange={({ target }) => change({ dynamicOrigin: target.checked })}
          />
          <span>
            {t('dynamicOrigin')} <span className="hint">{t('dynamicOriginHint')}</span>
          </span>
        </label>
      )}
      <Setting name="name" label={t('name')} hint={t('nameHint')}>
        {(control) => (
          <input
            {...control}
            value={draft.name ?? ''}
            autoComplete="off"
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Setting>
      <label className="choice">
        <input
          type="checkbox"
          checked={draft.enabled}
          onChange={({ target }) => change({ enabled: target.checked })}
        />
        <span>
          {t('enabled')} <span className="hint">{t('enabledHint')}</span>
        </span>
      </label>
    </Section>
  );
}
