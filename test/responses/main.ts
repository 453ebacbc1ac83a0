import { writeFileSync } from 'node:fs';
import { responsesPage } from './table.ts';

writeFileSync('docs/responses.md', await responsesPage(console.error));
// Connections of `fetch` would keep the process alive.
process.exit();
