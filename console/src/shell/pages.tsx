import { Route, Switch } from 'wouter';
import { chunk } from '../chunks/chunk.tsx';
import { useText } from '../i18n/language.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { messages } from './messages.ts';

const Overview = chunk(() => import('../pages/overview/overview-page.tsx'));
const Subscriptions = chunk(() => import('../pages/subscriptions/subscriptions-page.tsx'));
const NewSubscription = chunk(() => import('../pages/subscription-form/new-subscription-page.tsx'));
const EditSubscription = chunk(() => import('../pages/subscription-form/edit-subscription-page.tsx'));
const Subscription = chunk(() => import('../pages/subscription/subscription-page.tsx'));
const Log = chunk(() => import('../pages/request-log/request-log-page.tsx'));
const Events = chunk(() => import('../pages/events/events-page.tsx'));
const Event = chunk(() => import('../pages/event/event-page.tsx'));
const Jobs = chunk(() => import('../pages/jobs/jobs-page.tsx'));
const EventTypes = chunk(() => import('../pages/event-types/event-types-page.tsx'));
const EventType = chunk(() => import('../pages/event-type/event-type-page.tsx'));
const NewEventType = chunk(() => import('../pages/event-type/new-event-type-page.tsx'));
const Usage = chunk(() => import('../pages/usage/usage-page.tsx'));

/** The routes. Each page is loaded when it is first visited. */
export function Pages() {
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route path="/subscriptions" component={Subscriptions} />
      <Route path="/subscriptions/new" component={NewSubscription} />
      <Route path="/subscriptions/:id/edit" component={EditSubscription} />
      <Route path="/subscriptions/:id/:part?" component={Subscription} />
      <Route path="/log" component={Log} />
      <Route path="/events" component={Events} />
      <Route path="/events/:id" component={Event} />
      <Route path="/jobs" component={Jobs} />
      <Route path="/event-types" component={EventTypes} />
      <Route path="/new-event-type" component={NewEventType} />
      <Route path="/event-types/:type" component={EventType} />
      <Route path="/usage" component={Usage} />
      <Route component={NotFound} />
    </Switch>
  );
}

function NotFound() {
  const t = useText(messages);
  const home = (
    <ButtonLink kind="primary" href="/">
      {t('home')}
    </ButtonLink>
  );
  return <PageHeader title={t('notFound')} lead={t('notFoundNext')} actions={home} />;
}
