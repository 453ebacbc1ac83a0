import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { unwrap } from '../../api/api-error.ts';
import { withWarnings } from '../../fit/warnings.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ReadOnly } from '../../ui/read-only.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { settingsOf } from './draft.ts';
import { messages } from './messages.ts';
import { SubscriptionForm } from './subscription-form.tsx';

export default function NewSubscriptionPage() {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const { client, project, can } = useSession();
  // Submitting the form twice creates one subscription.
  const idempotencyKey = useRef(crypto.randomUUID());
  return (
    <>
      <PageHeader title={t('newTitle')} back={{ href: '/subscriptions', label: t('back') }} />
      {can('manage') ? (
        <SubscriptionForm
          initial={{}}
          id={undefined}
          submitLabel={t('create')}
          cancelHref="/subscriptions"
          onSubmit={async (draft) => {
            const created = await unwrap(
              client.POST('/v1/projects/{project}/subscriptions', {
                params: { path: { project }, header: { 'Idempotency-Key': idempotencyKey.current } },
                body: settingsOf(draft),
              }),
            );
            await queries.invalidateQueries({ queryKey: [project, 'subscriptions'] });
            showToast(t('created'));
            return [`/subscriptions/${created.id}/settings`, withWarnings(created)];
          }}
        />
      ) : (
        <ReadOnly />
      )}
    </>
  );
}
