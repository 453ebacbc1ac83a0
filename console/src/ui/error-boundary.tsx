import { Component, type ReactNode } from 'react';
import { ChunkError } from '../chunks/chunk-error.ts';
import { ChunkFailure } from '../chunks/chunk-failure.tsx';
import { Failure } from './states.tsx';

interface ErrorBoundaryProps {
  /** The address of the page: another page is tried again. */
  readonly page: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | undefined;
}

/** Shows an error of the console's own in place of the page, so that the rest stays usable. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidUpdate(former: ErrorBoundaryProps): void {
    if (former.page !== this.props.page) this.#retry();
  }

  #retry = (): void => {
    const { error } = this.state;
    if (error instanceof ChunkError) error.forget();
    if (error !== undefined) this.setState({ error: undefined });
  };

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (error instanceof ChunkError) return <ChunkFailure error={error} onRetry={this.#retry} />;
    return <Failure error={error} onRetry={this.#retry} />;
  }
}
