// The same documents in every run, so that a red run is due to a change; FAST_CHECK_SEED=… tries others.
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

// Worker threads load this too, and generate nothing.
if (isMainThread) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 2026) });
}
