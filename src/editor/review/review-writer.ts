import { type Caption, type ReadNote, writeCaptions } from '../../core/caption/write-captions.ts';
import { NotesightError } from '../../core/errors.ts';
import { captionStyle } from '../caption-style.ts';
import type { Reviewed, ReviewVault } from './reviewed-image.ts';

/** Written for a typed text without a generated description. */
const NO_DESCRIPTION = { description: '', text: '', tags: [] };

/** An image with the text that the user accepted. */
export interface Accepted {
  readonly item: Reviewed;
  readonly alt: string;
}

export interface WriterEvents {
  readonly written: (items: readonly Reviewed[]) => void;
  readonly failed: (items: readonly Reviewed[], error: NotesightError) => void;
}

/** Writes what the user accepts in a review, as one batch per vault. */
export class ReviewWriter {
  readonly #keepsAlt: boolean;
  readonly #events: WriterEvents;
  readonly #batches = new Map<ReviewVault, Promise<string>>();
  /** Writes run one after the other: each finds its embeds in the result of the one before. */
  #writing: Promise<void> = Promise.resolve();

  /** @param keepsAlt whether only the text below the images is new */
  constructor(keepsAlt: boolean, events: WriterEvents) {
    this.#keepsAlt = keepsAlt;
    this.#events = events;
  }

  /** Resolves when everything is written. */
  get finished(): Promise<void> {
    return this.#writing;
  }

  write(accepted: readonly Accepted[]): void {
    const byNote = new Map<ReadNote, Accepted[]>();
    for (const each of accepted) {
      const { read } = each.item;
      const group = byNote.get(read) ?? [];
      byNote.set(read, group);
      group.push(each);
    }
    for (const [read, group] of byNote) {
      this.#writing = this.#writing.then(() => this.#writeNote(read, group));
    }
  }

  async #writeNote(read: ReadNote, accepted: readonly Accepted[]): Promise<void> {
    const [first] = accepted;
    if (first === undefined) return;
    const { vault } = first.item;
    const items = accepted.map(({ item }) => item);
    try {
      const { notes, openVaultData, settings } = vault.captioner.ports;
      const { journal } = await openVaultData();
      const batch = this.#batches.get(vault) ?? journal.begin();
      this.#batches.set(vault, batch);
      const style = captionStyle(settings(), read.note, this.#keepsAlt);
      const undoable = { notes, journal, batch: await batch };
      const { gone } = await writeCaptions(read, accepted.map(captionOf), style, undoable);
      const isGone = ({ embed }: Reviewed) => gone.has(embed);
      this.#events.written(items.filter((item) => !isGone(item)));
      this.#events.failed(items.filter(isGone), embedGone(read.note));
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      this.#events.failed(items, error);
    }
  }
}

export function embedGone(note: string): NotesightError {
  return new NotesightError('embed_gone', `gone from ${note}`, { data: { path: note } });
}

function captionOf({ item: { embed, outcome }, alt }: Accepted): Caption {
  const described = outcome === null || outcome instanceof NotesightError ? null : outcome;
  const description = { ...(described?.description ?? NO_DESCRIPTION), alt, decorative: false };
  return { embed, description };
}
