import { useMutation } from '@tanstack/react-query';
import { ApiError, unwrap } from '../../api/api-error.ts';
import { useEvent } from '../../api/events.ts';
import type { PublishedEvent } from '../../api/types.ts';
import { parseExactly } from '../../format/json.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeView } from '../../ui/code-view.tsx';
import { Fact } from '../../ui/fact.tsx';
import { ExactTime } from '../../ui/moment.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { Empty } from '../../ui/states.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { useNameInPath } from '../../ui/use-name-in-path.ts';
import { Deliveries } from './deliveries.tsx';
import { messages } from './messages.ts';

export default function EventPage() {
  const t = useText(messages);
  const id = useNameInPath('id');
  const query = useEvent(id);
  // The event is stored a moment after it was accepted, so the query keeps polling.
  if (query.error instanceof ApiError && query.error.status === 404 && query.data === undefined)
    return (
      <>
        <PageHeader title={id} back={{ href: '/events', label: t('back') }} />
        <Empty icon="clock" title={t('notFound')}>
          {t('notFoundText')}
        </Empty>
      </>
    );
  return <QueryView query={query}>{(text) => <Page text={text} />}</QueryView>;
}

/** @param text the response body: `JSON.parse` would change the data's number literals */
function Page({ text }: { text: string }) {
  const t = useText(messages);
  const event = parseExactly(text) as PublishedEvent;
  const { id, type, time, acceptedAt, erasedAt, data, actor, changes, orderingKey, traceId } = event;
  return (
    <>
      <PageHeader
        title={type}
        lead={<code>{id}</code>}
        back={{ href: '/events', label: t('back') }}
        actions={erasedAt === undefined && <ResendAll id={id} />}
      />
      <div className="stack">
        <Deliveries eventId={id} />
        <section className="card">
          <dl className="facts">
            <Fact label={t('time')}>
              <ExactTime at={time} />
            </Fact>
            <Fact label={t('accepted')}>
              <ExactTime at={acceptedAt} />
            </Fact>
            {erasedAt !== undefined && (
              <Fact label={t('erasedAt')}>
                <ExactTime at={erasedAt} />
              </Fact>
            )}
            {orderingKey !== undefined && (
              <Fact label={t('orderingKey')}>
                <code>{orderingKey}</code>
              </Fact>
            )}
            {traceId !== undefined && (
              <Fact label={t('traceId')}>
                <code>{traceId}</code>
              </Fact>
            )}
          </dl>
        </section>
        {data !== undefined && <Json title={t('data')} value={data} />}
        {actor !== undefined && <Json title={t('actor')} value={actor} />}
        {changes !== undefined && <Json title={t('changes')} value={changes} />}
      </div>
    </>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
      </header>
      <CodeView label={title} text={JSON.stringify(value)} />
    </section>
  );
}

function ResendAll({ id }: { id: string }) {
  const t = useText(messages);
  const showToast = useToast();
  const { client, project, can } = useSession();
  const resend = useMutation({
    mutationFn: () =>
      unwrap(client.POST('/v1/projects/{project}/events/{id}/replay', { params: { path: { project, id } } })),
    onSuccess: () => showToast(t('resent')),
    onError: (error) => showToast(error.message, 'bad'),
  });
  if (!can('manage')) return null;
  return (
    <Button icon="replay" busy={resend.isPending} onClick={() => resend.mutate()}>
      {t('resendAll')}
    </Button>
  );
}
