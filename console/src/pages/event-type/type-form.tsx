import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { toPathSegment } from '../../../../client/index.ts';
import { unwrap } from '../../api/api-error.ts';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { withWarnings } from '../../fit/warnings.ts';
import { useText } from '../../i18n/language.tsx';
import { useUnsavedChanges } from '../../navigation/unsaved-changes.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { RequestFailure } from '../../ui/fault-list.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from '../event-types/messages.ts';
import { SampleEditors } from './sample-editors.tsx';
import { isJson, isValid, settingsOf, type TypeDraft } from './type-draft.ts';

/** The form for an event type's description, samples and schema; read-only for keys that cannot manage. */
export function TypeForm({ initial }: { initial: TypeDraft }) {
  const t = useText(messages);
  const { can } = useSession();
  const [draft, setDraft] = useState(initial);
  const [submitted, setSubmitted] = useState(false);
  const [stored, setStored] = useState(initial);
  const saved = useUnsavedChanges(JSON.stringify(draft) !== JSON.stringify(stored));
  const save = useSave(draft, () => {
    setStored(draft);
    saved();
  });
  const change = (settings: Partial<TypeDraft>) => setDraft((former) => ({ ...former, ...settings }));
  const isReadOnly = !can('manage');
  const isNew = initial.type === '';
  const isSchemaFaulty = submitted && draft.schema.trim() !== '' && !isJson(draft.schema);

  function submit(event: FormEvent) {
    event.preventDefault();
    setSubmitted(true);
    if (isValid(draft)) save.mutate();
  }
  return (
    <form className="stack type-form" onSubmit={submit} noValidate>
      <section className="card stack">
        {isNew && (
          <Field
            label={t('name')}
            hint={t('nameHint')}
            error={submitted && draft.type === '' ? t('nameNeeded') : undefined}
          >
            {(control) => (
              <input
                {...control}
                className="mono"
                value={draft.type}
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => change({ type: target.value.trim() })}
              />
            )}
          </Field>
        )}
        <Field label={t('description')}>
          {(control) => (
            <input
              {...control}
              value={draft.description}
              readOnly={isReadOnly}
              onChange={({ target }) => change({ description: target.value })}
            />
          )}
        </Field>
        <label className="choice">
          <input
            type="checkbox"
            checked={draft.archived}
            disabled={isReadOnly}
            onChange={({ target }) => change({ archived: target.checked })}
          />
          {t('archive')}
        </label>
      </section>
      <SampleEditors
        samples={draft.samples}
        showFaults={submitted}
        readOnly={isReadOnly}
        onChange={(samples) => change({ samples })}
      />
      <section className="card">
        <header>
          <h2>{t('schemaTitle')}</h2>
          <p className="hint">{t('schemaLead')}</p>
        </header>
        <div className={isSchemaFaulty ? 'field faulty' : 'field'}>
          <CodeEditor
            label={t('schemaTitle')}
            description={t('schemaLead')}
            language="json"
            lines={8}
            readOnly={isReadOnly}
            value={draft.schema}
            onChange={(schema) => change({ schema })}
          />
          {isSchemaFaulty && <FieldError>{t('notJson')}</FieldError>}
        </div>
      </section>
      {save.error && <RequestFailure error={save.error} />}
      {!isReadOnly && (
        <div className="form-actions">
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}

function useSave(draft: TypeDraft, onSaved: () => void) {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { client, project } = useSession();
  return useMutation({
    mutationFn: () =>
      unwrap(
        client.PUT('/v1/projects/{project}/event-types/{type}', {
          params: { path: { project, type: draft.type } },
          body: settingsOf(draft),
        }),
      ),
    async onSuccess(eventType) {
      showToast(t('saved'));
      onSaved();
      await queries.invalidateQueries({ queryKey: [project, 'event-types', 'list'] });
      go(`/event-types/${toPathSegment(draft.type)}`, withWarnings(eventType));
    },
  });
}
