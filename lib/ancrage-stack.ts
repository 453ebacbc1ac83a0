import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Ancrage } from './ancrage.ts';
import type { AncrageSettings } from './settings.ts';

export interface AncrageStackProps extends StackProps {
  readonly settings: AncrageSettings;
}

/** Ancrage in a stack of its own. */
export class AncrageStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: AncrageStackProps) {
    super(scope, id, { description: 'Ancrage: webhooks, signed, retried, isolated and logged', ...props });
    // The CDK leaves this id out of the names of what is in it.
    new Ancrage(this, 'Default', settings).addOutputs();
  }
}
