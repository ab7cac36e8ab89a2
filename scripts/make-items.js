// Writes fixtures/prosqa/demo.json. Run after a build: npx tsc -p tsconfig.build.json && node scripts/make-items.js
import { writeFileSync } from 'node:fs';
import { demoItems, formatItems } from '../dist/dataset/index.js';

writeFileSync(new URL('../fixtures/prosqa/demo.json', import.meta.url), formatItems(demoItems()));
