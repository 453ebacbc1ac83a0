import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Attempt, Subscription } from '../../../../client/index.ts';
import { unwrap } from '../../api/api-error.ts';
import { attemptStatus } from '../../api/attempts.ts';
import { Exchange } from '../../attempt/exchange.tsx';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { isJsonObject, parseExactly } from '../../format/json.ts';
import { duration } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EventTypeInput } from '../../ui/event-type-input.tsx';
import { FieldError } from '../../ui/field.tsx';
import { Failure } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { testMessages } from './test-messages.ts';

/** Send a test request and show it with its response. */
export function TestDialog({ subscription, onClose }: { subscription: Subscription; onClose(): void }) {
  const t = useText(testMessages);
  const [type, setType] = useState('');
  const [isCustom, setIsCustom] = useState(false);
  const [json, setJson] = useState('{\n  \n}');
  const test = useTest(subscription.id);
  const isFaulty = isCustom && !isJsonObject(json);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isFaulty) return;
    test.mutate({
      ...(type !== '' && { event: type }),
      ...(isCustom && { data: parseExactly(json) as never }),
    });
  }
  return (
    <Dialog title={t('title')} wide onClose={onClose}>
      <form className="dialog-body" onSubmit={submit} noValidate>
        <p className="muted">{t('lead')}</p>
        <div className="columns with-button">
          <EventTypeInput label={t('type')} hint={t('typeHint')} value={type} onChange={setType} labelShown />
          <Button kind="primary" icon="send" type="submit" busy={test.isPending}>
            {t(test.data ? 'again' : 'send')}
          </Button>
        </div>
        <label className="choice">
          <input type="checkbox" checked={isCustom} onChange={({ target }) => setIsCustom(target.checked)} />
          {t('customData')}
        </label>
        {isCustom && (
          <CodeEditor label={t('data')} language="json" lines={5} value={json} onChange={setJson} />
        )}
        {isFaulty && <FieldError>{t('notJson')}</FieldError>}
        <div aria-live="polite" className="stack">
          {test.isPending && <p className="muted">{t('waiting')}</p>}
          {test.error && <Failure error={test.error} />}
          {test.data && !test.isPending && <TestResult attempt={test.data} />}
        </div>
      </form>
    </Dialog>
  );
}

function useTest(id: string) {
  const queries = useQueryClient();
  const { client, project } = useSession();
  return useMutation({
    mutationFn: (body: { event?: string; data?: never }) =>
      unwrap(
        client.POST('/v1/projects/{project}/subscriptions/{id}/test', {
          params: { path: { project, id } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: [project, 'subscriptions', id] }),
  });
}

function TestResult({ attempt }: { attempt: Attempt }) {
  const { language } = useLanguage();
  return (
    <>
      <p className="test-outcome">
        <StatusBadge status={attemptStatus(attempt)} /> {duration(attempt.durationMs, language)}
      </p>
      <Exchange attempt={attempt} />
    </>
  );
}
