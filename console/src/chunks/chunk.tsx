import { type ComponentType, use } from 'react';
import { loadChunk } from './load-chunk.ts';

/** Return a component whose code is loaded when it is first shown, and again when it is shown after a failure. */
export function chunk<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): ComponentType<Props> {
  let loading: ReturnType<typeof load> | undefined;
  const forget = () => {
    loading = undefined;
  };
  return function Chunk(props) {
    loading ??= loadChunk(load, forget);
    const { default: Loaded } = use(loading);
    return <Loaded {...props} />;
  };
}
