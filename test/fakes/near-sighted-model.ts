import sharp from 'sharp';
import type { ChatCall } from './chat-call.ts';
import { gemma3 } from './fake-models.ts';
import type { FakeModel } from './fake-ollama.ts';

/** Pixels of the long edge that Gemma 3 sees of an image. */
const INPUT = 896;
/** Levels of grey, of 255, from white: what is paler than this, the model doesn't see. */
const VISIBLE = 160;

/**
 * A model that sees an image as small as its encoder gets it, and honestly says whether there is a dark line in it: one
 * of a single pixel is gone once it was shrunk. Of what was said of parts it believes all.
 */
export const nearSighted: FakeModel = {
  ...gemma3,
  answer: async (call) => {
    const seen = await darkest(call.images[0]);
    const said = call.messages.at(-1)?.content ?? '';
    const toldOfLine = [...said.matchAll(/<part>([^]*?)<\/part>/g)].some(([, part]) =>
      part?.includes('A thin line'),
    );
    const line = seen >= VISIBLE || toldOfLine;
    return {
      alt: line ? 'A thin line on a page.' : 'An empty page.',
      description: line ? 'A thin line runs over a white page.' : 'The page is white.',
      tags: ['page'],
      decorative: false,
      text: '',
    };
  },
};

/** How far the darkest pixel that reaches the model is from white. */
async function darkest(image: Buffer | undefined): Promise<number> {
  const fitted = await sharp(image)
    .greyscale()
    .resize(INPUT, INPUT, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer();
  return 255 - fitted.reduce((least, level) => Math.min(least, level), 255);
}

/** What a call asks for, by its fences. */
export function taskOf(call: ChatCall): 'whole' | 'part' | 'merge' | 'compare' {
  const said = call.messages.at(-1)?.content ?? '';
  if (said.includes('<opinion>')) return 'compare';
  if (said.includes('<part>')) return 'merge';
  return said.includes('<whole>') ? 'part' : 'whole';
}
