import type { IVpc, SecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { acknowledge } from './acknowledge.ts';

/** The network of the functions that call hook URLs. */
export interface FunctionNetwork {
  /** IP addresses that receivers have to allow; empty if nobody knows them. */
  readonly addresses: readonly string[];
  /** Properties of a function that is created in the network. */
  readonly placement: {
    readonly vpc?: IVpc;
    readonly vpcSubnets?: SubnetSelection;
    readonly securityGroups?: SecurityGroup[];
  };
  /** Attach the function to the network. */
  admit(fn: LambdaFunction): void;
}

/**
 * Permissions that Lambda requires to attach functions:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const ATTACHING = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** Allow Lambda to attach the function to a network, but deny the same actions to the function's code. */
export function allowAttaching(fn: LambdaFunction): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: ATTACHING, resources: ['*'] }));
  fn.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ATTACHING,
      resources: ['*'],
      // AWS sets this key on calls of the function's code, but not on Lambda's own calls with the role.
      conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }),
  );
  if (fn.role !== undefined)
    acknowledge(fn.role, {
      'AwsSolutions-IAM5[Resource::*]':
        'Lambda requires the network actions on all resources to attach a function; a second statement denies them to its code.',
    });
}
