// Writes answers into a caption log, printing each one's fingerprint once it is acknowledged, and occasionally
// rewrites the log: put-captions FILE NAME COUNT
import { writeSync } from 'node:fs';
import { openCaptionLog } from '../../src/core/storage/caption-log.ts';
import { createLineFile } from '../../src/node/line-file.ts';

const [path = '', name = '', count = ''] = process.argv.slice(2);
const file = createLineFile(path);
const log = await openCaptionLog(file);
for (let i = 0; i < Number(count); i++) {
  const fingerprint = `${name}-${i}`;
  // Some lines are longer than a disk page, so that a kill can truncate them.
  const text = `${fingerprint} `.repeat(i % 4 === 0 ? 3000 : 10);
  await log.put(
    {
      ...{ fingerprint, engine: 'ollama', model: 'llava', language: 'en', version: 1 },
      provenance: 'vision',
      ...{ alt: fingerprint, description: '', text, tags: [], decorative: false },
    },
    'a.png',
  );
  writeSync(1, `${fingerprint}\n`);
  if (i % 10 === 9) await file.rewrite((lines) => lines);
}
