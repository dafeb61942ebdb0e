import * as z from 'zod/mini';

const FIELDS = {
  alt: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  decorative: z.boolean(),
  text: z.string(),
};

/**
 * What a model is asked to answer. The alt text stands first and the text in the image last, since an answer that
 * is cut loses its end, and it is the text in an image where models lose their way.
 */
export const Answer = z.object(FIELDS);

/** What it answers where it is to compare what two models said: also in what they contradict each other. */
export const Comparison = z.object({ ...FIELDS, disagreements: z.array(z.string()) });

export type Answer = z.infer<typeof Answer>;

const string = { type: 'string' };

/** The same as a JSON schema, for the server to hold the model to. Zod's own converter is larger than the core. */
export const ANSWER_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    alt: string,
    description: string,
    tags: { type: 'array', items: string },
    decorative: { type: 'boolean' },
    text: string,
  },
  required: ['alt', 'description', 'tags', 'decorative', 'text'],
  additionalProperties: false,
};

/** For a request to compare what two models said. */
export const COMPARISON_SCHEMA = {
  ...ANSWER_SCHEMA,
  properties: { ...ANSWER_SCHEMA.properties, disagreements: { type: 'array', items: string } },
  required: [...ANSWER_SCHEMA.required, 'disagreements'],
};
