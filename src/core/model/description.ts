import * as z from 'zod/mini';

/**
 * What a model is asked to answer. The alt text stands first and the text in the image last, since an answer that
 * is cut loses its end, and it is the text in an image where models lose their way.
 */
export const Answer = z.object({
  alt: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  decorative: z.boolean(),
  text: z.string(),
});

export type Answer = z.infer<typeof Answer>;

/** The same as a JSON schema, for the server to hold the model to. */
export const ANSWER_SCHEMA: object = z.toJSONSchema(Answer);
