import { test } from 'node:test';

import { colourAnswer } from '../contracts/colour-answer.ts';
import { assertAnswersAsRecorded } from '../contracts/recorded-answers.ts';
import { startFakeOpenAi } from './fake-openai.ts';

test('answers as recorded from llama-server', async () => {
  const eyes = await startFakeOpenAi({ models: [{ name: 'tiny-vision', answer: colourAnswer }] });
  const blind = await startFakeOpenAi({ models: [{ name: 'tiny-text', sees: false }] });
  try {
    await assertAnswersAsRecorded({ eyes: eyes.url, blind: blind.url });
  } finally {
    await eyes.close();
    await blind.close();
  }
});
