import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeOllama } from '../fakes/fake-ollama.ts';

/** Waits until the model has received this many images in total. */
export async function untilAsked(fake: FakeOllama, times: number): Promise<void> {
  const until = Date.now() + 15_000;
  while (fake.chats.length < times) {
    if (Date.now() > until) throw new Error(`The model was asked ${fake.chats.length} times, not ${times}.`);
    await sleep(20);
  }
}
