import type { Prompt, PromptPurpose } from './prompt.ts';

/** In English, as all prompts: models follow it best. Hosts know the names in the language of the interface. */
const PROMPTS = {
  accessible: {
    purpose: 'alt',
    text: 'Write for people who use a screen reader. Name what matters most first. Include the names and numbers that a reader needs. Leave out colors and layout unless they carry meaning, and what the text around the image says already.',
  },
  table: {
    purpose: 'question',
    text: 'Convert the chart into a Markdown table with a column for each series. Mark values that you estimate with ≈. Write the headings in {{language}}.',
  },
  handwriting: {
    purpose: 'question',
    text: 'Transcribe the handwriting, line by line, in its own language. Mark what you cannot read as [illegible]. Add nothing.',
  },
  diagram: {
    purpose: 'question',
    text: 'Explain the diagram in {{language}}: first in one sentence what it shows, then its parts and how they are connected, step by step.',
  },
  actions: {
    purpose: 'question',
    text: 'List all action items in the images as a Markdown task list in {{language}}, with the person and the date where they are given. If there are none, say so.',
  },
  formula: {
    purpose: 'question',
    text: 'Write the formulas in the image as LaTeX, each between $$ and $$. Add nothing.',
  },
  translate: {
    purpose: 'question',
    text: 'Translate all text in the image into {{language}}. Keep the order and the line breaks.',
  },
} as const satisfies Readonly<Record<string, Omit<Prompt, 'name'>>>;

export type BuiltInPrompt = keyof typeof PROMPTS;

export const BUILT_IN_PROMPTS: Readonly<Record<BuiltInPrompt, Omit<Prompt, 'name'>>> = PROMPTS;

export const BUILT_IN_NAMES = Object.keys(PROMPTS) as readonly BuiltInPrompt[];

/** The names of the built-in prompts for a purpose. */
export function builtInFor(purpose: PromptPurpose): readonly BuiltInPrompt[] {
  return BUILT_IN_NAMES.filter((name) => BUILT_IN_PROMPTS[name].purpose === purpose);
}
