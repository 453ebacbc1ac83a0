import { useState } from 'react';
import { useText } from '../../i18n/language.tsx';
import { Select } from '../../ui/field.tsx';
import type { Draft } from './draft.ts';
import { useForm } from './form-context.ts';
import { messages } from './messages.ts';
import { PairRows } from './pair-rows.tsx';
import { Section, Setting, SettingGroup } from './setting.tsx';

/** Offered when custom waits are selected: a minute, ten minutes, an hour. */
const INITIAL_WAITS = [60, 600, 3600];

const RETRIES = ['standard', 'custom', 'none'] as const;

const ORDERINGS = ['none', 'strict'] as const;

const REDIRECTS = ['fail', 'accept', 'follow'] as const;

const LOGS = ['compact', 'full'] as const;

/** Timeout, retries, redirects, limits, order, trace state, log and metadata. */
export function DeliverySection() {
  const t = useText(messages);
  const { draft, change } = useForm();
  const kind = Array.isArray(draft.retry) ? 'custom' : draft.retry;
  return (
    <Section title={t('delivery')}>
      <Setting name="timeoutSeconds" label={t('timeout')} hint={t('timeoutHint')}>
        {(control) => (
          <input
            {...control}
            className="short"
            type="number"
            min={1}
            max={30}
            value={Number.isNaN(draft.timeoutSeconds) ? '' : draft.timeoutSeconds}
            onChange={({ target }) => change({ timeoutSeconds: target.valueAsNumber })}
          />
        )}
      </Setting>
      <Setting name="retry" label={t('retry')} hint={t(`${kind}RetryHint`)}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            options={RETRIES.map((name) => [name, t(`${name}Retry`)])}
            onChange={(chosen) => change({ retry: chosen === 'custom' ? INITIAL_WAITS : chosen })}
          />
        )}
      </Setting>
      {Array.isArray(draft.retry) && <CustomWaits waits={draft.retry} />}
      <Setting name="redirects" label={t('redirects')} hint={t(`${draft.redirects}RedirectsHint`)}>
        {(control) => (
          <Select
            {...control}
            value={draft.redirects}
            options={REDIRECTS.map((name) => [name, t(`${name}Redirects`)])}
            onChange={(redirects) => change({ redirects })}
          />
        )}
      </Setting>
      <Setting name="rateLimit" label={t('rateLimit')} hint={t('rateLimitHint')}>
        {(control) => (
          <LimitInput
            {...control}
            max={1000}
            value={draft.rateLimit?.perSecond ?? null}
            onChange={(perSecond) => change({ rateLimit: perSecond === null ? null : { perSecond } })}
          />
        )}
      </Setting>
      <Setting name="maxInFlight" label={t('maxInFlight')} hint={t('maxInFlightHint')}>
        {(control) => (
          <LimitInput
            {...control}
            max={200}
            value={draft.maxInFlight}
            onChange={(maxInFlight) => change({ maxInFlight })}
          />
        )}
      </Setting>
      <Setting name="ordering" label={t('ordering')} hint={t(`${draft.ordering}OrderingHint`)}>
        {(control) => (
          <Select
            {...control}
            value={draft.ordering}
            options={ORDERINGS.map((name) => [name, t(`${name}Ordering`)])}
            onChange={(ordering) => change({ ordering })}
          />
        )}
      </Setting>
      <label className="choice">
        <input
          type="checkbox"
          checked={draft.traceState}
          onChange={({ target }) => change({ traceState: target.checked })}
        />
        <span>
          {t('traceState')} <span className="hint">{t('traceStateHint')}</span>
        </span>
      </label>
      <Setting name="log" label={t('log')} hint={t(`${draft.log}LogHint`)}>
        {(control) => (
          <Select
            {...control}
            value={draft.log}
            options={LOGS.map((name) => [name, t(`${name}Log`)])}
            onChange={(log) => change({ log })}
          />
        )}
      </Setting>
      <SettingGroup name="metadata" legend={t('metadata')} hint={t('metadataHint')}>
        <PairRows
          pairs={Object.entries(draft.metadata)}
          labels={[t('metadataName'), t('metadataValue')]}
          onChange={(pairs) => change({ metadata: Object.fromEntries(pairs) })}
        />
      </SettingGroup>
    </Section>
  );
}

interface LimitInputProps {
  readonly id: string;
  readonly max: number;
  readonly value: number | null;
  onChange(value: number | null): void;
}

/** An input for a number that may be empty: no limit. */
function LimitInput({ value, onChange, ...control }: LimitInputProps) {
  return (
    <input
      {...control}
      className="short"
      type="number"
      min={1}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? null : target.valueAsNumber)}
    />
  );
}

/** An input for the seconds between attempts, separated by commas. */
function CustomWaits({ waits }: { waits: Extract<Draft['retry'], number[]> }) {
  const t = useText(messages);
  const { change } = useForm();
  const [text, setText] = useState(waits.join(', '));
  return (
    <Setting name="retry" label={t('waits')} hint={t('waitsHint')}>
      {(control) => (
        <input
          {...control}
          className="mono"
          value={text}
          inputMode="numeric"
          autoComplete="off"
          onChange={({ target }) => {
            setText(target.value);
            const parts = target.value.split(/[\s,;]+/).filter((part) => part !== '');
            change({ retry: parts.map(Number) });
          }}
        />
      )}
    </Setting>
  );
}
