import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readError } from './server-error-body.ts';

test('reduces an HTML page to its text', () => {
  const nginx = '<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body><hr></body></html>';
  const cases: [string, string][] = [
    [nginx, 'Gateway Time-out'],
    [
      '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1><p>No server.</p></body></html>',
      'Bad Gateway No server.',
    ],
    ['<html><style>h1 { color: red }</style><script>alert(1)</script><h1>Blocked</h1></html>', 'Blocked'],
    ['<title> </title><!-- <b> -->It is&nbsp;down', 'It is down'],
    ['<?xml version="1.0"?><Error><Code>Slow</Code><Message>Wait.</Message></Error>', 'Slow Wait.'],
    [JSON.stringify({ error: { message: `Upstream said: ${nginx}` } }), 'Gateway Time-out'],
    [JSON.stringify({ error: nginx }), 'Gateway Time-out'],
    ['<html', ''],
    ['error code: 502', 'error code: 502'],
    ['1 < 2', '1 < 2'],
    [JSON.stringify([{ error: { message: 'API key not valid.' } }]), 'API key not valid.'],
  ];
  for (const [body, detail] of cases) assert.equal(readError(body).detail, detail, body);
});
