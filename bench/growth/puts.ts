import type { Item } from '../../core/adapters/dynamodb/table.ts';

interface Put {
  readonly Item?: Item | undefined;
}

/** The inputs of the commands that put items. */
export interface Puts extends Put {
  readonly TransactItems?:
    | readonly { readonly Put?: Put | undefined; readonly Update?: object | undefined }[]
    | undefined;
  readonly RequestItems?:
    | Readonly<Record<string, readonly { readonly PutRequest?: Put | undefined }[]>>
    | undefined;
}

/** Return the items that a command puts. @throws Error if it does anything else, which an import file cannot express */
export function putsOf(input: Puts): Item[] {
  const puts = [
    ...('Item' in input ? [input] : []),
    // A project's counts are updated. One that is missing is counted when it is first needed.
    ...(input.TransactItems ?? []).filter(({ Update }) => Update === undefined).map((item) => item.Put),
    ...Object.values(input.RequestItems ?? {})
      .flat()
      .map((request) => request.PutRequest),
  ];
  const items = puts.map((put) => put?.Item);
  if (items.length === 0 || items.includes(undefined))
    throw new Error('An import file can only contain put items.');
  return items as Item[];
}
