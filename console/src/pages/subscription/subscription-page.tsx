import { Route, Switch, useParams } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { situationOf } from '../../api/health.ts';
import { nameOf, useSubscription } from '../../api/subscriptions.ts';
import { FitNotices } from '../../fit/fit-notices.tsx';
import { useText } from '../../i18n/language.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { RequestLog } from '../request-log/request-log.tsx';
import { Actions } from './actions.tsx';
import { HealthNotice } from './health-notice.tsx';
import { messages } from './messages.ts';
import { QueuedDeliveries } from './queued-deliveries.tsx';
import { ReplayStatus } from './replay-status.tsx';
import { Settings } from './settings.tsx';
import { Stats } from './stats.tsx';

export default function SubscriptionPage() {
  const { id = '' } = useParams();
  const query = useSubscription(id, 4_000);
  return <QueryView query={query}>{(subscription) => <Page subscription={subscription} />}</QueryView>;
}

function Page({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  const { id, method, url } = subscription;
  const home = `/subscriptions/${id}`;
  return (
    <>
      <PageHeader
        title={nameOf(subscription)}
        lead={
          <code>
            {method} {url}
          </code>
        }
        back={{ href: '/subscriptions', label: t('back') }}
        badge={<StatusBadge status={situationOf(subscription)} />}
        actions={<Actions subscription={subscription} />}
      />
      <div className="stack">
        <FitNotices />
        <HealthNotice subscription={subscription} />
        <ReplayStatus subscriptionId={id} />
        <Stats subscriptionId={id} />
        <Tabs
          label={t('parts')}
          tabs={[
            { href: home, label: t('log') },
            { href: `${home}/waiting`, label: t('queued') },
            { href: `${home}/settings`, label: t('settings') },
          ]}
        />
        <Switch>
          <Route path="/subscriptions/:id/waiting">
            <QueuedDeliveries subscription={subscription} />
          </Route>
          <Route path="/subscriptions/:id/settings">
            <Settings subscription={subscription} />
          </Route>
          <Route>
            <div>
              <RequestLog subscriptionId={id} />
            </div>
          </Route>
        </Switch>
      </div>
    </>
  );
}
