import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ReadOnly } from '../../ui/read-only.tsx';
import { messages } from '../event-types/messages.ts';
import { EMPTY_TYPE } from './type-draft.ts';
import { TypeForm } from './type-form.tsx';

export default function NewEventTypePage() {
  const t = useText(messages);
  const { can } = useSession();
  return (
    <>
      <PageHeader title={t('newTitle')} back={{ href: '/event-types', label: t('back') }} />
      {can('manage') ? <TypeForm initial={EMPTY_TYPE} /> : <ReadOnly />}
    </>
  );
}
