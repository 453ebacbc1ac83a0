import { ACCOUNT } from '../ministack.ts';
import type { Gap } from './gap.ts';
import { invoke, withStack } from './probe.ts';
import { leaveOut, ofType } from './template.ts';

export const layers: Gap = {
  reason:
    'Layers are not at /opt, where the function that copies the console’s files looks for its program: the console’s files are left out.',
  change: (template) => leaveOut(template, 'Custom::CDKBucketDeployment'),
  persists: async (ministack, template) => {
    const [layer] = ofType(template, 'AWS::Lambda::LayerVersion');
    if (layer === undefined) throw new Error('The template has no layer.');
    const seen = await withStack(
      ministack,
      {
        Resources: {
          Layer: layer,
          Function: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              ...{ Runtime: 'nodejs24.x', Handler: 'index.handler', Layers: [{ Ref: 'Layer' }] },
              Role: `arn:aws:iam::${ACCOUNT}:role/probe`,
              Code: {
                ZipFile: "exports.handler = async () => require('node:fs').existsSync('/opt/awscli/aws');",
              },
            },
          },
        },
        Outputs: { Name: { Value: { Ref: 'Function' } } },
      },
      ({ Name = '' }) => invoke(ministack, Name),
    );
    if (seen === undefined) throw new Error('The emulator refuses a function with a layer.');
    return seen === false;
  },
};
