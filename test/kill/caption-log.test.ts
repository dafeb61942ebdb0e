import assert from 'node:assert/strict';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CaptionKey, type CaptionLog, openCaptionLog } from '../../src/core/storage/caption-log.ts';
import { createLineFile } from '../../src/node/line-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { bundleChild, runChild, seededRandom } from './child.ts';

const keyOf = (fingerprint: string): CaptionKey => ({
  ...{ fingerprint, engine: 'ollama', model: 'llava', language: 'en', version: 1 },
  provenance: 'vision',
});

function assertHolds(log: CaptionLog, fingerprints: readonly string[]): void {
  const lost = fingerprints.filter((fingerprint) => log.get(keyOf(fingerprint))?.alt !== fingerprint);
  assert.deepEqual(lost, []);
}

test('keeps every acknowledged answer and accepts the next when killed at any moment', async (t) => {
  const random = seededRandom(1);
  const folder = temporaryFolder(t);
  const script = await bundleChild('put-captions', folder);
  const data = join(folder, 'data');
  const path = join(data, 'captions.jsonl');
  const promised: string[] = [];
  for (let kill = 0; kill < 15; kill++) {
    const { acknowledged } = await runChild(script, [path, `kill${kill}`, '100000'], random() * 60);
    assert.ok(acknowledged.length > 0);
    promised.push(...acknowledged);

    const log = await openCaptionLog(createLineFile(path));
    assertHolds(log, promised);
    const answer = { alt: `next${kill}`, description: '', text: '', tags: [], decorative: false };
    await log.put({ ...keyOf(`next${kill}`), ...answer }, 'a.png');
    promised.push(`next${kill}`);
  }

  const tenMinutesAgo = Date.now() / 1000 - 600;
  for (const name of readdirSync(data)) utimesSync(join(data, name), tenMinutesAgo, tenMinutesAgo);
  await createLineFile(path).rewrite((lines) => lines);
  assert.deepEqual(readdirSync(data), ['captions.jsonl']);
  assertHolds(await openCaptionLog(createLineFile(path)), promised);
});

test('neither loses nor mixes lines when several processes append and rewrite', async (t) => {
  const folder = temporaryFolder(t);
  const script = await bundleChild('put-captions', folder);
  const path = join(folder, 'captions.jsonl');
  const results = await Promise.all(['a', 'b', 'c', 'd'].map((name) => runChild(script, [path, name, '60'])));
  const promised = results.flatMap((result) => result.acknowledged);
  assert.deepEqual(
    results.map((result) => result.code),
    [0, 0, 0, 0],
  );
  assert.equal(promised.length, 4 * 60);
  assertHolds(await openCaptionLog(createLineFile(path)), promised);
  const lines = await createLineFile(path).read();
  for (const line of lines) assert.doesNotThrow(() => JSON.parse(line) as unknown);
  assert.ok(statSync(path).size > 0);
});
