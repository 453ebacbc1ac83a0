export function HeaderList({ headers }: { headers: Readonly<Record<string, string>> }) {
  return (
    <dl className="header-list">
      {Object.entries(headers).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
