import { useState } from 'react';
import { useText } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { messages } from './messages.ts';

type Pair = readonly [first: string, second: string];

interface PairRowsProps {
  readonly pairs: readonly Pair[];
  readonly labels: Pair;
  onChange(pairs: readonly Pair[]): void;
}

/** Rows of two inputs, such as header name and value. */
export function PairRows({ pairs, labels, onChange }: PairRowsProps) {
  const t = useText(messages);
  // Unfinished rows stay out of the draft, where two empty names would collapse into one.
  const [rows, setRows] = useState<readonly Pair[]>(pairs);
  function set(next: readonly Pair[]) {
    setRows(next);
    onChange(next.filter(([first]) => first !== ''));
  }
  return (
    <div className="pairs">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is identified by its position.
        <div key={index} className="pair">
          {([0, 1] as const).map((side) => (
            <input
              key={side}
              className="mono"
              aria-label={`${labels[side]} ${index + 1}`}
              placeholder={labels[side]}
              value={row[side]}
              spellCheck={false}
              autoComplete="off"
              onChange={({ target }) =>
                set(rows.with(index, side === 0 ? [target.value, row[1]] : [row[0], target.value]))
              }
            />
          ))}
          <button
            type="button"
            className="icon-button"
            aria-label={t('removeRow', { row: index + 1 })}
            onClick={() => set(rows.toSpliced(index, 1))}
          >
            <Icon name="trash" />
          </button>
        </div>
      ))}
      <Button kind="quiet" icon="plus" onClick={() => setRows([...rows, ['', '']])}>
        {t('addRow')}
      </Button>
    </div>
  );
}
