import { testBenches } from '../support/benches-in-short.ts';

testBenches({
  flow: ['--last', '1'],
  isolation: ['--endpoints', '5', '--seconds', '1', '--rounds', '1'],
  growth: ['--most', '100', '--subscribers', '10', '--deliveries', '5', '--rounds', '1', '--warm', '1'],
  creations: ['--creations', '10', '--rounds', '1', '--few', '1', '--many', '10'],
  templates: ['--rounds', '1'],
  crash: ['--events', '50', '--subscriptions', '1'],
});
