import { testBenches } from '../support/benches-in-short.ts';

testBenches({
  'cold-start': ['--rounds', '1'],
  worker: ['--rounds', '1', '--batches', '5', '--warm', '5'],
  throughput: ['--deliveries', '20', '--seconds', '1', '--most', '1'],
  cost: ['--events', '20'],
  units: ['--events', '10', '--alone', '1', '--sizes', '1'],
});
