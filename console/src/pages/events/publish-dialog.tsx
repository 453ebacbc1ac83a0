import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { toPathSegment } from '../../../../client/index.ts';
import { unwrap } from '../../api/api-error.ts';
import { useEventTypes } from '../../api/event-types.ts';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { isJsonObject, parseExactly } from '../../format/json.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EventTypeInput } from '../../ui/event-type-input.tsx';
import { RequestFailure } from '../../ui/fault-list.tsx';
import { FieldError } from '../../ui/field.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { messages } from './messages.ts';

export function PublishDialog({ initialType = '', onClose }: { initialType?: string; onClose(): void }) {
  const t = useText(messages);
  const { items } = useEventTypes();
  const [type, setType] = useState(initialType);
  const [json, setJson] = useState('{\n  \n}');
  const [submitted, setSubmitted] = useState(false);
  const publish = usePublish(onClose);
  const sample = items.find((item) => item.type === type)?.samples[0];
  const isFaulty = !isJsonObject(json);

  function submit(event: FormEvent) {
    event.preventDefault();
    setSubmitted(true);
    if (type !== '' && !isFaulty)
      publish.mutate({ type, data: parseExactly(json) as Record<string, unknown> });
  }
  return (
    <Dialog title={t('publish')} wide onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="dialog-body">
          <p className="muted">{t('publishLead')}</p>
          <div className="columns with-button">
            <EventTypeInput
              label={t('type')}
              labelShown
              value={type}
              error={submitted && type === '' ? t('typeNeeded') : undefined}
              onChange={setType}
            />
            {sample && (
              <Button onClick={() => setJson(JSON.stringify(sample, null, 2))}>{t('sample')}</Button>
            )}
          </div>
          <div className={submitted && isFaulty ? 'field faulty' : 'field'}>
            <span className="legend">{t('data')}</span>
            <CodeEditor label={t('data')} language="json" lines={9} value={json} onChange={setJson} />
            {submitted && isFaulty && <FieldError>{t('notJson')}</FieldError>}
          </div>
          {publish.error && <RequestFailure error={publish.error} />}
        </div>
        <footer>
          <Button kind="primary" icon="send" type="submit" busy={publish.isPending}>
            {t('submit')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Publish an event and open its page. */
function usePublish(onClose: () => void) {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { client, project } = useSession();
  return useMutation({
    mutationFn: (event: { type: string; data: Record<string, unknown> }) =>
      unwrap(client.POST('/v1/projects/{project}/events', { params: { path: { project } }, body: event })),
    async onSuccess(accepted) {
      showToast(t('published'));
      onClose();
      if ('id' in accepted) go(`/events/${toPathSegment(accepted.id)}`);
      await queries.invalidateQueries({ queryKey: [project, 'events', 'list'] });
    },
  });
}
