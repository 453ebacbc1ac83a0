import { consoleAssets } from '../lib/console-assets.ts';

console.log(consoleAssets());
