import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import type { Situation } from '../../api/health.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { Fact } from '../../ui/fact.tsx';
import { Moment, Since } from '../../ui/moment.tsx';
import { useNow } from '../../ui/use-now.ts';
import { healthMessages } from './health-messages.ts';

/** The API counts the deliveries that wait up to this number. */
const MOST_HELD = 10_000;

interface HealthFactsProps {
  readonly subscription: Subscription;
  readonly situation: Situation;
}

/** Since when, how much waits, when the next try is, at what pace, and the last results. */
export function HealthFacts({ subscription: { id, health }, situation }: HealthFactsProps) {
  const t = useText(healthMessages);
  const now = useNow();
  const { since, held, nextProbeAt, window, lastSuccessAt, lastFailureAt } = health;
  const isOwn = situation === 'paused';
  return (
    <dl className="health-facts">
      {since !== null && !isOwn && situation !== 'erring' && (
        <Fact label={t('since')}>
          <Since at={since} />
        </Fact>
      )}
      {(held > 0 || isOwn || situation === 'down') && (
        <Fact label={t('held')}>
          <Link href={`/subscriptions/${id}/waiting`}>
            {t(held < MOST_HELD ? 'heldCount' : 'heldMany', { count: held })}
          </Link>
        </Fact>
      )}
      {situation === 'down' && (
        <Fact label={t('nextTry')}>
          {nextProbeAt === null ? (
            t('withNextEvent')
          ) : Date.parse(nextProbeAt) > now ? (
            <Moment at={nextProbeAt} />
          ) : (
            t('nowTrying')
          )}
        </Fact>
      )}
      {window !== null && !isOwn && situation !== 'erring' && (
        <Fact label={t('pace')}>
          <Pace health={health} />
        </Fact>
      )}
      {lastSuccessAt !== null && (
        <Fact label={t('lastSuccess')}>
          <Moment at={lastSuccessAt} />
        </Fact>
      )}
      {lastFailureAt !== null && (
        <Fact label={t('lastFailure')}>
          <Moment at={lastFailureAt} />
        </Fact>
      )}
    </dl>
  );
}

function Pace({ health: { window, perSecond } }: Pick<Subscription, 'health'>) {
  const t = useText(healthMessages);
  const { language } = useLanguage();
  const rate = perSecond?.toLocaleString(language, { maximumFractionDigits: 1 });
  return (
    <>
      {t('window', { count: window ?? 1 })}
      {rate !== undefined && <>, {t('perSecond', { rate })}</>}
    </>
  );
}
