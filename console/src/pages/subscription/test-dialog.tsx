import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Attempt, Subscription } from '../../../../client/index.ts';
import { unwrap } from '../../api/api-error.ts';
import { attemptStatus } from '../../api/attempts.ts';
import { useEvents } from '../../api/events.ts';
import { Exchange } from '../../attempt/exchange.tsx';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { isJsonObject, parseExactly } from '../../format/json.ts';
import { duration } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EventTypeInput } from '../../ui/event-type-input.tsx';
import { Field, FieldError, Select } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Failure } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { matches } from '../subscription-form/event-groups.ts';
import { testMessages } from './test-messages.ts';

type Content = 'sample' | 'custom' | 'published';
const CONTENTS: readonly Content[] = ['sample', 'custom', 'published'];

/** Send a test request and show it with its response. */
export function TestDialog({ subscription, onClose }: { subscription: Subscription; onClose(): void }) {
  const t = useText(testMessages);
  const [content, setContent] = useState<Content>('sample');
  const [type, setType] = useState('');
  const [json, setJson] = useState('{\n  \n}');
  const [eventId, setEventId] = useState('');
  const test = useTest(subscription.id);
  const isFaulty = content === 'custom' && !isJsonObject(json);
  const isPublished = content === 'published';

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isFaulty || (isPublished && eventId === '')) return;
    if (isPublished) return test.mutate({ eventId });
    test.mutate({
      ...(type !== '' && { event: type }),
      ...(content === 'custom' && { data: parseExactly(json) as never }),
    });
  }
  return (
    <Dialog title={t('title')} wide onClose={onClose}>
      <form className="dialog-body" onSubmit={submit} noValidate>
        <p className="muted">{t('lead')}</p>
        <Segmented<Content>
          label={t('content')}
          options={CONTENTS.map((value) => ({ value, label: t(value) }))}
          value={content}
          onChange={setContent}
        />
        <div className="columns with-button">
          {isPublished ? (
            <PublishedEventChoice subscription={subscription} value={eventId} onChange={setEventId} />
          ) : (
            <EventTypeInput
              label={t('type')}
              hint={t('typeHint')}
              value={type}
              onChange={setType}
              labelShown
            />
          )}
          <Button
            kind="primary"
            icon="send"
            type="submit"
            busy={test.isPending}
            disabled={isPublished && eventId === ''}
          >
            {t(test.data ? 'again' : 'send')}
          </Button>
        </div>
        {content === 'custom' && (
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

interface PublishedEventChoiceProps {
  readonly subscription: Subscription;
  readonly value: string;
  onChange(eventId: string): void;
}

/** A select of the latest events that the subscription receives. */
function PublishedEventChoice({ subscription, value, onChange }: PublishedEventChoiceProps) {
  const t = useText(testMessages);
  const { items } = useEvents({});
  const received = items.filter(({ type }) => subscription.events.some((event) => matches(event, type)));
  return (
    <Field label={t('event')} hint={t('eventHint')}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={[
            ['', t('chooseEvent')],
            ...received.map(({ id, type }) => [id, `${type} · ${id}`] as const),
          ]}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

function useTest(id: string) {
  const queries = useQueryClient();
  const { client, project } = useSession();
  return useMutation({
    mutationFn: (body: { event?: string; data?: never; eventId?: string }) =>
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
