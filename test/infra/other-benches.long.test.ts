import { testBenches } from '../support/benches-in-short.ts';

testBenches('other');
