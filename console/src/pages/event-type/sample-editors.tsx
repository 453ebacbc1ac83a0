import { CodeEditor } from '../../editor/code-editor.tsx';
import { isJsonObject } from '../../format/json.ts';
import { useText } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { messages } from '../event-types/messages.ts';

interface SampleEditorsProps {
  readonly samples: readonly string[];
  readonly showFaults: boolean;
  readonly readOnly: boolean;
  onChange(samples: readonly string[]): void;
}

/** The limit of the contract. */
const MAX_SAMPLES = 10;

export function SampleEditors({ samples, showFaults, readOnly, onChange }: SampleEditorsProps) {
  const t = useText(messages);
  return (
    <section className="card">
      <header>
        <h2>{t('samplesTitle')}</h2>
        <p className="hint">{t('samplesLead')}</p>
      </header>
      <div className="stack">
        {samples.map((sample, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sample is identified by its position.
          <div key={index} className="sample">
            <div className={showFaults && !isJsonObject(sample) ? 'field faulty' : 'field'}>
              <CodeEditor
                label={t('sample', { number: index + 1 })}
                language="json"
                lines={4}
                readOnly={readOnly}
                value={sample}
                onChange={(text) => onChange(samples.with(index, text))}
              />
              {showFaults && !isJsonObject(sample) && <FieldError>{t('notObject')}</FieldError>}
            </div>
            {!readOnly && (
              <button
                type="button"
                className="icon-button"
                aria-label={t('removeSample', { number: index + 1 })}
                onClick={() => onChange(samples.toSpliced(index, 1))}
              >
                <Icon name="trash" />
              </button>
            )}
          </div>
        ))}
        {!readOnly && samples.length < MAX_SAMPLES && (
          <div>
            <Button icon="plus" onClick={() => onChange([...samples, '{\n  \n}'])}>
              {t('addSample')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
