import type { App } from 'obsidian';
import * as z from 'zod/mini';

const KEY = 'notesight-typed';
/** The oldest texts beyond this number are dropped. */
const MOST = 50;

const schema = z.array(z.tuple([z.string(), z.string()]));

/** Texts that the user typed in a dialog and did not use yet. Local to this device; they survive restarts. */
export interface TypedTexts {
  /** The text for a key; null if there is none. */
  get(key: string): string | null;
  /** @param text null to remove it */
  set(key: string, text: string | null): void;
}

export function createTypedTexts(app: App): TypedTexts {
  const stored = new Map(schema.safeParse(app.loadLocalStorage(KEY)).data ?? []);
  return {
    get: (key) => stored.get(key) ?? null,
    set(key, text) {
      stored.delete(key);
      if (text !== null) stored.set(key, text);
      const entries = [...stored].slice(-MOST);
      app.saveLocalStorage(KEY, entries.length === 0 ? null : entries);
    },
  };
}
