import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFromPage } from './chat-messages.ts';

const act = (name: string, ...args: unknown[]): unknown => ({ type: 'act', name, args });

test('accepts every message of the webview unchanged', () => {
  const file = { name: 'a.png', type: 'image/png', bytes: new Uint8Array([1]) };
  const messages = [
    { type: 'ready' },
    act('ask', 'Why?'),
    act('stop'),
    act('edit', 0, 'Why not?'),
    act('switchVersion', 0, 2),
    act('openPast', 7),
    act('deletePast', 7),
    act('undo'),
    act('setDraft', 1, ''),
    act('setEdit', 2, 'Why then?'),
    act('insert', 3, 'below', 'callout'),
    act('choose', [1, 2], true),
    act('addFiles', [file]),
    act('setRegion', 1, { x: 0, y: 0, width: 10.5, height: 20 }),
    act('setRegion', 1, null),
    act('includeNote', false),
    act('detectObjects', 2),
    act('stopDetection'),
    act('openLink', 'https://example.org/'),
  ];
  for (const message of messages) assert.deepEqual(parseFromPage(message), message);
});

test('rejects unknown messages', () => {
  const messages = [
    null,
    'ready',
    {},
    { type: 'state' },
    act('constructor'),
    act('__proto__'),
    act('close'),
    act('ask'),
    act('ask', 1),
    act('ask', 'x'.repeat(100_001)),
    act('edit', -1, 'x'),
    act('edit', 0.5, 'x'),
    act('setDraft', 0, 'x'),
    act('setDraft', 1, 'x'.repeat(100_001)),
    act('switchVersion', 0, 0),
    act('insert', 0, 'everywhere', 'plain'),
    act('choose', [0], true),
    act('choose', 'all', true),
    act('addFiles', [{ name: 'a.png', type: 'image/png', bytes: [1] }]),
    act('setRegion', 1, { x: -1, y: 0, width: 1, height: 1 }),
    act('includeNote', 'no'),
    act('detectObjects', 0),
    act('detectObjects', 'a.png'),
    act('detectObjects'),
    act('openLink', 'javascript:alert(1)'),
    act('openLink', 'command:workbench.action.quit'),
    act('openLink', 'file:///etc/passwd'),
  ];
  for (const message of messages) assert.equal(parseFromPage(message), null, JSON.stringify(message));
});
