import type { BundleKind } from '../../lib/bundle.ts';

/** A function to bundle. */
export interface BundleOrder {
  /** Short name, such as `open-api`. */
  readonly name: string;
  /** Its folder in `lambdas/`, such as `openapi`. */
  readonly folder: string;
  readonly kind: BundleKind;
  /** For a debugger: not minified, with its sources in the source map. */
  readonly debuggable: boolean;
}

/** The initial data of the thread that bundles. */
export interface BundlingOrder {
  /** Directory of the sources. */
  readonly root: string;
  /** The bundle of a function goes to the same folder as its sources. */
  readonly outputDir: string;
  /** Empty to learn only what functions are made from. */
  readonly bundle: readonly BundleOrder[];
  /** The functions whose sources are to be found out. */
  readonly trace: readonly BundleOrder[];
}

export interface Bundled {
  readonly names: readonly string[];
  /** What esbuild says about the others, with file and line. */
  readonly errors: readonly string[];
}

/** The files that a function is made from, relative to the root and without packages, by its name. */
export type SourceFiles = Readonly<Record<string, readonly string[]>>;

/** The messages of the thread: the bundles are written; then their sources, without those that do not compile. */
export type BundlingMessage =
  | ({ readonly type: 'bundled' } & Bundled)
  | { readonly type: 'traced'; readonly sources: SourceFiles };
