import type { Traffic } from '../../api/types.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';
import { messages } from './messages.ts';

export function TrafficTiles({ steps }: { steps: Traffic['data'] }) {
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
