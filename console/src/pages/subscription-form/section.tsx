import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** A section of the form. */
export function Section({ title, lead, children }: SectionProps) {
  const titleId = useId();
  return (
    <section className="card section" aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{title}</h2>
        {lead && <p className="hint">{lead}</p>}
      </header>
      <div className="stack">{children}</div>
    </section>
  );
}
