// The same documents in every run, so that a failure is caused by a change; set FAST_CHECK_SEED to try others.
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

// Worker threads load this file too, but generate nothing.
if (isMainThread) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 2026) });
}
