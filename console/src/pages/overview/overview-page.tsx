import { useState } from 'react';
import { useSubscriptions } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { LimitNotices } from '../../limits/limit-notices.tsx';
import { useSession } from '../../session/session.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Empty } from '../../ui/states.tsx';
import { FailingNow } from './failing-now.tsx';
import { messages } from './messages.ts';
import { Queued } from './queued.tsx';
import { States } from './states.tsx';
import { Traffic } from './traffic.tsx';

const RANGES = [3, 24, 168] as const;
type Hours = (typeof RANGES)[number];

export default function OverviewPage() {
  const t = useText(messages);
  const { project, can } = useSession();
  const [hours, setHours] = useState<Hours>(24);
  const subscriptions = useSubscriptions();
  const isEmpty = subscriptions.isSuccess && subscriptions.items.length === 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead', { project })}
        actions={
          <Segmented<Hours>
            label={t('range')}
            options={RANGES.map((value) => ({ value, label: t(`hours${value}`) }))}
            value={hours}
            onChange={setHours}
          />
        }
      />
      <div className="stack">
        <LimitNotices />
        {isEmpty && (
          <Empty
            icon="subscriptions"
            title={t('noSubscriptions')}
            action={
              can('manage') && (
                <ButtonLink kind="primary" icon="plus" href="/subscriptions/new">
                  {t('add')}
                </ButtonLink>
              )
            }
          >
            {t('noSubscriptionsText')}
          </Empty>
        )}
        <FailingNow />
        <Traffic hours={hours} />
        {!isEmpty && (
          <div className="overview-columns">
            <States />
            <Queued />
          </div>
        )}
      </div>
    </>
  );
}
