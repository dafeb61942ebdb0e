import * as z from 'zod/mini';

/**
 * A schema that replaces an invalid or missing value. Used instead of Zod's `catch`, which would make the Obsidian
 * plugin 11 kB larger.
 */
export function withFallback<T>(schema: z.ZodMiniType<T>, fallback: NoInfer<T>) {
  return z.pipe(
    z.optional(z.unknown()),
    z.transform((value): T => {
      const { success, data } = schema.safeParse(value);
      return success ? data : fallback;
    }),
  );
}
