import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Ancrage } from './ancrage.ts';
import { stageConfig } from './config.ts';
import type { AncrageSettings } from './settings.ts';

export interface AncrageStackProps extends StackProps {
  readonly settings: AncrageSettings;
}

/** A stack that holds one `Ancrage`. */
export class AncrageStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: AncrageStackProps) {
    const { terminationProtection } = stageConfig(settings);
    const description = 'Ancrage: signed, retried, isolated and logged webhooks';
    super(scope, id, { description, terminationProtection, ...props });
    // The CDK leaves the id "Default" out of the names of the resources inside.
    new Ancrage(this, 'Default', settings).addOutputs();
  }
}
