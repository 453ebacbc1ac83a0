import { PARTITION } from '../../core/adapters/dynamodb/keys.ts';

const BEGINNINGS = (['success', 'failure'] as const).map((outcome) =>
  PARTITION.attemptDigests('', outcome, 0).replace(/#.*$/, '#'),
);

interface BatchWrite {
  readonly RequestItems?: Readonly<Record<string, readonly WriteRequest[]>>;
}

interface WriteRequest {
  readonly PutRequest?: { readonly Item: { readonly pk: { readonly S: string } } };
}

/** Whether a request to the table writes digests of attempts, and nothing else. */
export function writesDigests(body: object): boolean {
  const requests = Object.values((body as BatchWrite).RequestItems ?? {}).flat();
  const partitions = requests.map(({ PutRequest }) => PutRequest?.Item.pk.S ?? '');
  return (
    partitions.length > 0 &&
    partitions.every((partition) => BEGINNINGS.some((beginning) => partition.startsWith(beginning)))
  );
}
