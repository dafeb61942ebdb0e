import { test } from 'node:test';

import { colorAnswer } from '../contracts/color-answer.ts';
import { assertAnswersAsRecorded } from '../contracts/recorded-answers.ts';
import { startFakeOpenAi } from './fake-openai.ts';

test('answers as recorded from llama-server', async () => {
  const eyes = await startFakeOpenAi({ models: [{ name: 'tiny-vision', answer: colorAnswer }] });
  const blind = await startFakeOpenAi({ models: [{ name: 'tiny-text', sees: false }] });
  try {
    await assertAnswersAsRecorded({ eyes: eyes.url, blind: blind.url });
  } finally {
    await eyes.close();
    await blind.close();
  }
});
