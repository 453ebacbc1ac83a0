import type { Ministack } from '../ministack.ts';
import type { Template } from './template.ts';

/** Some gaps concern only accounts where IAM is enforced, or a stack with every setting on. */
export type Circumstance = 'IAM' | 'every setting';

/** The emulator lacks a part of AWS. The template that it gets leaves out what needs that part. */
export interface Gap {
  readonly reason: string;
  readonly only?: Circumstance;
  /** Change a template of ours. @returns whether there was anything to change */
  change(template: Template): boolean;
  /** Try on the emulator whether it still has the gap. The template is ours, and its assets are uploaded. */
  persists(ministack: Ministack, template: Template): Promise<boolean>;
}
