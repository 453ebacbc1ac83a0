import { Suspense } from 'react';
import { chunk } from '../chunks/chunk.tsx';
import type { GridListProps } from './grid-list-props.ts';
import { Loading } from './states.tsx';

const AriaGridList = chunk(() => import('./aria/aria-grid-list.tsx'));

/** A list of links, which renders only the visible rows and is one tab stop. It is requested with its page. */
export function GridList<T extends object>(props: GridListProps<T>) {
  return (
    <Suspense fallback={<Loading lines={6} />}>
      <AriaGridList {...(props as GridListProps<object>)} />
    </Suspense>
  );
}
