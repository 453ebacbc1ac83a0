import type { ComponentType } from 'react';
import { Route, Switch } from 'wouter';
import { chunk } from '../chunks/chunk.tsx';
import { useText } from '../i18n/language.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { messages } from './messages.ts';

type Page = { readonly default: ComponentType };

/** A page with a list, whose code is requested together with the page. */
const withList = (load: () => Promise<Page>) =>
  chunk(() => {
    // If it cannot be loaded, the list fails when it is shown, and the page says so.
    import('../ui/aria/aria-grid-list.tsx').catch(() => undefined);
    return load();
  });

const Overview = chunk(() => import('../pages/overview/overview-page.tsx'));
const Subscriptions = withList(() => import('../pages/subscriptions/subscriptions-page.tsx'));
const NewSubscription = chunk(() => import('../pages/subscription-form/new-subscription-page.tsx'));
const EditSubscription = chunk(() => import('../pages/subscription-form/edit-subscription-page.tsx'));
const Subscription = withList(() => import('../pages/subscription/subscription-page.tsx'));
const Log = withList(() => import('../pages/request-log/request-log-page.tsx'));
const Events = withList(() => import('../pages/events/events-page.tsx'));
const Event = chunk(() => import('../pages/event/event-page.tsx'));
const Jobs = chunk(() => import('../pages/jobs/jobs-page.tsx'));
const EventTypes = withList(() => import('../pages/event-types/event-types-page.tsx'));
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
