import { useQueryClient } from '@tanstack/react-query';
import { useParams } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { unwrap } from '../../api/api-error.ts';
import { nameOf, useSubscription } from '../../api/subscriptions.ts';
import { withWarnings } from '../../fit/warnings.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ReadOnly } from '../../ui/read-only.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { draftOf, patchOf } from './draft.ts';
import { messages } from './messages.ts';
import { SubscriptionForm } from './subscription-form.tsx';

export default function EditSubscriptionPage() {
  const { id = '' } = useParams();
  const { can } = useSession();
  // A refetch would change the form while the user edits it.
  const query = useSubscription(id, false);
  return (
    <QueryView query={query}>
      {(subscription) => (can('manage') ? <Edit subscription={subscription} /> : <ReadOnly />)}
    </QueryView>
  );
}

function Edit({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  const showToast = useToast();
  const queries = useQueryClient();
  const { client, project } = useSession();
  const initial = draftOf(subscription);
  const { id } = subscription;
  const home = `/subscriptions/${id}/settings`;
  return (
    <>
      <PageHeader
        title={t('editTitle', { name: nameOf(subscription) })}
        back={{ href: home, label: nameOf(subscription) }}
      />
      <SubscriptionForm
        initial={initial}
        id={id}
        submitLabel={t('save')}
        cancelHref={home}
        onSubmit={async (draft) => {
          const patch = patchOf(initial, draft);
          if (Object.keys(patch).length === 0) {
            showToast(t('unchanged'));
            return [home];
          }
          const path = { project, id };
          const changed = await unwrap(
            client.PATCH('/v1/projects/{project}/subscriptions/{id}', { params: { path }, body: patch }),
          );
          await queries.invalidateQueries({ queryKey: [project, 'subscriptions'] });
          showToast(t('saved'));
          return [home, withWarnings(changed)];
        }}
      />
    </>
  );
}
