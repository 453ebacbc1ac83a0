import type { Item } from '../../core/adapters/dynamodb/table.ts';

interface Put {
  readonly Item?: Item | undefined;
}

/** The inputs of the commands that put, each as far as it is looked at. */
export interface Puts extends Put {
  readonly TransactItems?: readonly { readonly Put?: Put | undefined }[] | undefined;
  readonly RequestItems?:
    | Readonly<Record<string, readonly { readonly PutRequest?: Put | undefined }[]>>
    | undefined;
}

/** The items that a command puts. @throws Error if it does anything else, of which no file can be made */
export function putsOf(input: Puts): Item[] {
  const puts = [
    ...('Item' in input ? [input] : []),
    ...(input.TransactItems ?? []).map((item) => item.Put),
    ...Object.values(input.RequestItems ?? {})
      .flat()
      .map((request) => request.PutRequest),
  ];
  const items = puts.map((put) => put?.Item);
  if (items.length === 0 || items.includes(undefined))
    throw new Error('Only what is put can be loaded into a table before it is there.');
  return items as Item[];
}
