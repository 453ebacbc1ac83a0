import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { useText } from '../i18n/language.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/states.tsx';
import { messages } from './messages.ts';

const Overview = lazy(() => import('../pages/overview/overview-page.tsx'));
const Subscriptions = lazy(() => import('../pages/subscriptions/subscriptions-page.tsx'));

/** Each page is loaded when it is first gone to. */
export function Pages() {
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route path="/subscriptions" component={Subscriptions} />
      <Route component={NotFound} />
    </Switch>
  );
}

function NotFound() {
  const t = useText(messages);
  return (
    <Empty
      icon="search"
      title={t('notFound')}
      action={
        <ButtonLink kind="primary" href="/">
          {t('home')}
        </ButtonLink>
      }
    >
      {t('notFoundNext')}
    </Empty>
  );
}
