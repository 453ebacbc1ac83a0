import type { ReactNode } from 'react';

/** A row of key figures. */
export function Tiles({ children }: { children: ReactNode }) {
  return <dl className="tiles">{children}</dl>;
}

interface TileProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
}

export function Tile({ label, value, hint }: TileProps) {
  return (
    <div className="tile">
      <dt>{label}</dt>
      <dd>
        <span className="figure">{value}</span>
        {hint && <span className="hint">{hint}</span>}
      </dd>
    </div>
  );
}
