import * as z from 'zod/mini';

/** The arguments of each action of the user on a page. */
export type ActionSchemas = Readonly<Record<string, z.ZodMiniType>>;

/** Messages from a page to the extension. */
export type FromPageOf<Schemas extends ActionSchemas> =
  | { readonly type: 'ready' }
  | {
      [Name in keyof Schemas]: {
        readonly type: 'act';
        readonly name: Name;
        readonly args: z.infer<Schemas[Name]>;
      };
    }[keyof Schemas];

const schema = z.union([
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('act'), name: z.string(), args: z.array(z.unknown()) }),
]);

/** Creates a function that validates a message of a page; it returns null if the message is unknown. */
export function pageMessageParser<Schemas extends ActionSchemas>(
  schemas: Schemas,
): (message: unknown) => FromPageOf<Schemas> | null {
  return (message) => {
    const { success, data } = schema.safeParse(message);
    if (!success) return null;
    if (data.type === 'ready') return data;
    const name = Object.keys(schemas).find((known) => known === data.name);
    const args = name === undefined ? undefined : schemas[name]?.safeParse(data.args);
    return args?.success === true
      ? ({ type: 'act', name, args: args.data } as unknown as FromPageOf<Schemas>)
      : null;
  };
}
