import { useState } from 'react';
import { useTraffic } from '../../api/statistics.ts';
import type { Traffic as TrafficData } from '../../api/types.ts';
import { ChartTable } from '../../charts/chart-table.tsx';
import { Lines } from '../../charts/lines.tsx';
import type { ChartProps } from '../../charts/series.ts';
import { StackedBars } from '../../charts/stacked-bars.tsx';
import { duration } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Empty } from '../../ui/states.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';
import { bucketsOf } from './buckets.ts';
import { messages } from './messages.ts';

/** Attempts and response times over time. */
export function Traffic({ hours }: { hours: number }) {
  const query = useTraffic(hours);
  return <QueryView query={query}>{(traffic) => <Charts traffic={traffic} />}</QueryView>;
}

function Charts({ traffic: { data } }: { traffic: TrafficData }) {
  const t = useText(messages);
  const { language } = useLanguage();
  const steps = bucketsOf(data);
  const isQuiet = data.every(({ succeeded, retrying, failed }) => succeeded + retrying + failed === 0);
  if (isQuiet)
    return (
      <Empty
        icon="overview"
        title={t('quiet')}
        action={<ButtonLink href="/events">{t('goPublish')}</ButtonLink>}
      >
        {t('quietText')}
      </Empty>
    );
  return (
    <>
      <TrafficTiles steps={data} />
      <div className="overview-columns">
        <Card
          kind={StackedBars}
          label={t('attemptsOverTime')}
          series={[
            { name: 'ok', label: t('succeeded') },
            { name: 'wait', label: t('retrying') },
            { name: 'bad', label: t('failed') },
          ]}
          points={steps.map(({ at, succeeded, retrying, failed }) => ({
            at: new Date(at),
            values: [succeeded, retrying, failed],
          }))}
          format={(count) => count.toLocaleString(language)}
        />
        <Card
          kind={Lines}
          label={t('latency')}
          series={[
            { name: 'accent', label: t('p50') },
            { name: 'wait', label: t('p95') },
          ]}
          points={steps.map(({ at, p50Ms, p95Ms }) => ({ at: new Date(at), values: [p50Ms, p95Ms] }))}
          format={(milliseconds) => duration(milliseconds, language)}
        />
      </div>
    </>
  );
}

function TrafficTiles({ steps }: { steps: TrafficData['data'] }) {
  const t = useText(messages);
  const { language } = useLanguage();
  const sum = (count: 'succeeded' | 'retrying' | 'failed') =>
    steps.reduce((total, step) => total + step[count], 0);
  const [succeeded, retrying, failed] = [sum('succeeded'), sum('retrying'), sum('failed')];
  const attempts = succeeded + retrying + failed;
  const rate = succeeded / attempts;
  return (
    <Tiles>
      <Tile label={t('attempts')} value={attempts.toLocaleString(language)} />
      <Tile
        label={t('successRate')}
        value={rate.toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 })}
      />
      <Tile label={t('retrying')} value={retrying.toLocaleString(language)} />
      <Tile label={t('failed')} value={failed.toLocaleString(language)} />
    </Tiles>
  );
}

type CardProps = ChartProps & { readonly kind: typeof StackedBars };

/** A chart that can be switched to a table. */
function Card({ kind: Chart, ...chart }: CardProps) {
  const t = useText(messages);
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <section className="card">
      <header>
        <h2>{chart.label}</h2>
        <div className="actions">
          <Segmented<'chart' | 'table'>
            label={`${t('view')}: ${chart.label}`}
            options={[
              { value: 'chart', label: t('chart') },
              { value: 'table', label: t('table') },
            ]}
            value={view}
            onChange={setView}
          />
        </div>
      </header>
      {view === 'chart' ? <Chart {...chart} /> : <ChartTable {...chart} timeLabel={t('time')} />}
    </section>
  );
}
