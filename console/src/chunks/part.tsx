import { Component, type ReactNode, Suspense } from 'react';
import { ChunkError } from './chunk-error.ts';

interface PartProps {
  /** Takes the place of the part until it is loaded, and if it can't be. The page around it stays as it is. */
  readonly fallback?: ReactNode;
  readonly onFailure?: (error: ChunkError) => void;
  readonly children: ReactNode;
}

interface PartState {
  readonly error: unknown;
}

/** A part of a page that is loaded by itself. */
export class Part extends Component<PartProps, PartState> {
  override state: PartState = { error: undefined };

  static getDerivedStateFromError(error: unknown): PartState {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    if (!(error instanceof ChunkError)) return;
    error.forget();
    this.props.onFailure?.(error);
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { fallback = null, children } = this.props;
    if (error instanceof ChunkError) return fallback;
    // An error of the part's own is the page's.
    if (error !== undefined) throw error;
    return <Suspense fallback={fallback}>{children}</Suspense>;
  }
}
