/** A part of the console that could not be loaded. */
export class ChunkError extends Error {
  override readonly name = 'ChunkError';
  /** The server has a newer console, without the chunks of this one. */
  readonly isOutdated: boolean;
  /** Lets the part be loaded again when it is shown next. */
  readonly forget: () => void;

  constructor(isOutdated: boolean, forget: () => void, options: ErrorOptions) {
    super('A part of the console could not be loaded.', options);
    this.isOutdated = isOutdated;
    this.forget = forget;
  }
}
