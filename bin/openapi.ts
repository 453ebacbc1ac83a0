import { writeFileSync } from 'node:fs';
import { openApiFiles } from './openapi-files.ts';

for (const [path, text] of Object.entries(await openApiFiles())) writeFileSync(path, text);
