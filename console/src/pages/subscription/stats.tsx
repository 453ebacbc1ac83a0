import { useSubscriptionStats } from '../../api/statistics.ts';
import { useOpenAttempt } from '../../attempt/use-open-attempt.ts';
import { duration } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';
import { messages } from './messages.ts';

/** Success rate and response times of the latest attempts. */
export function Stats({ subscriptionId }: { subscriptionId: string }) {
  const t = useText(messages);
  const { language } = useLanguage();
  // Behind the dialog of an attempt they are not loaded.
  const { open } = useOpenAttempt();
  const { data } = useSubscriptionStats(subscriptionId, { enabled: open === undefined });
  const rate = data && data.attempts > 0 ? data.succeeded / data.attempts : null;
  const time = (milliseconds: number | null | undefined) =>
    typeof milliseconds === 'number' ? duration(milliseconds, language) : '–';
  return (
    <Tiles>
      <Tile
        label={t('successRate')}
        value={
          rate === null ? '–' : rate.toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 })
        }
      />
      <Tile label={t('median')} value={time(data?.p50Ms)} />
      <Tile label={t('p95')} value={time(data?.p95Ms)} />
      <Tile
        label={t('counted')}
        value={data?.attempts.toLocaleString(language) ?? '–'}
        hint={
          data?.since ? (
            <>
              {t('oldest')} <Moment at={data.since} />
            </>
          ) : (
            t('noAttempts')
          )
        }
      />
    </Tiles>
  );
}
