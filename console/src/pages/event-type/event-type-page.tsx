import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unwrap } from '../../api/api-error.ts';
import type { EventType } from '../../api/types.ts';
import { FitNotices } from '../../fit/fit-notices.tsx';
import { parseExactly } from '../../format/json.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useNameInPath } from '../../ui/use-name-in-path.ts';
import { messages } from '../event-types/messages.ts';
import { PublishDialog } from '../events/publish-dialog.tsx';
import { RemoveType } from './remove-type.tsx';
import { draftOf } from './type-draft.ts';
import { TypeForm } from './type-form.tsx';

export default function EventTypePage() {
  const type = useNameInPath('type');
  const { reader, project } = useSession();
  const query = useQuery({
    queryKey: [project, 'event-types', 'one', type],
    // A refetch would change the form while the user edits it.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const params = { path: { project, type } };
      const text = await unwrap(
        reader(signal).GET('/v1/projects/{project}/event-types/{type}', { params, parseAs: 'text' }),
      );
      return parseExactly(text) as EventType;
    },
  });
  return <QueryView query={query}>{(eventType) => <Page eventType={eventType} />}</QueryView>;
}

function Page({ eventType }: { eventType: EventType }) {
  const t = useText(messages);
  const { can } = useSession();
  const [publishing, setPublishing] = useState(false);
  const { type } = eventType;
  return (
    <>
      <PageHeader
        title={type}
        back={{ href: '/event-types', label: t('back') }}
        actions={
          <>
            {can('publish') && (
              <Button icon="send" onClick={() => setPublishing(true)}>
                {t('publish')}
              </Button>
            )}
            {can('manage') && <RemoveType type={type} />}
          </>
        }
      />
      <div className="stack">
        <FitNotices />
        <TypeForm initial={draftOf(eventType)} />
      </div>
      {publishing && <PublishDialog initialType={type} onClose={() => setPublishing(false)} />}
    </>
  );
}
