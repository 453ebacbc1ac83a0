import { useMemo, useState } from 'react';
import { indented, tokensOf } from '../format/json.ts';
import { useText } from '../i18n/language.tsx';
import { CopyButton } from './copy-button.tsx';
import { messages } from './messages.ts';

interface CodeViewProps {
  readonly label: string;
  readonly text: string;
}

/** Longer texts are shown without colours: one node per token would slow the page down. */
const MAX_COLOURED = 50_000;

/** A request or response body: raw and, if it is JSON, formatted. */
export function CodeView({ label, text }: CodeViewProps) {
  const t = useText(messages);
  const formatted = useMemo(() => indented(text), [text]);
  const [raw, setRaw] = useState(false);
  if (text === '') return <p className="muted">{t('noBody')}</p>;
  const shown = raw || formatted === undefined ? text : formatted;
  return (
    <div className="code-view">
      <div className="code-tools">
        {formatted !== undefined && (
          <fieldset className="segmented">
            <legend className="visually-hidden">{label}</legend>
            <button type="button" aria-pressed={!raw} onClick={() => setRaw(false)}>
              {t('formatted')}
            </button>
            <button type="button" aria-pressed={raw} onClick={() => setRaw(true)}>
              {t('raw')}
            </button>
          </fieldset>
        )}
        <CopyButton text={shown} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
      <section aria-label={label} tabIndex={0}>
        <pre>
          {shown.length > MAX_COLOURED || formatted === undefined ? shown : <Coloured json={shown} />}
        </pre>
      </section>
    </div>
  );
}

function Coloured({ json }: { json: string }) {
  return tokensOf(json).map(({ kind, text }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no other identity.
    <span key={index} className={`token-${kind}`}>
      {text}
    </span>
  ));
}
