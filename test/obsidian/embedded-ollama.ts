import { createSharpCodec } from '../../src/node/sharp-codec.ts';
import { builtRecognizers } from '../../src/node/built-recognizers.ts';
import { openRecognizers } from '../../src/node/open-recognizers.ts';
import { createEmbeddedVisionModel } from '../../src/core/recognition/embedded-vision-model.ts';
import { startFakeOllama, type FakeOllama } from '../fakes/fake-ollama.ts';

/** A fake Ollama whose only model is the embedded engine: it reports detections and nothing else. */
export function startEmbeddedOllama(): Promise<FakeOllama> {
  const model = createEmbeddedVisionModel(openRecognizers(builtRecognizers()));
  const codec = createSharpCodec();
  return startFakeOllama({
    models: [
      {
        name: 'embedded',
        async answer({ images, text }) {
          const [image] = images;
          if (image === undefined) return 'There is no image.';
          const { signal } = new AbortController();
          const fitted = await codec.fit(new Uint8Array(image), model.inputSize, signal);
          const language = text.includes('Russian') ? 'ru' : text.includes('German') ? 'de' : 'en';
          const context = { language, noteTitle: '', before: '', after: '' };
          return model.describe(fitted, context, signal).catch(() => ({
            alt: 'Nothing recognised',
            description: '',
            text: '',
            tags: [],
            decorative: false,
          }));
        },
      },
    ],
  });
}
