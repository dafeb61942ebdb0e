import type { ReadNote } from '../../core/caption/write-captions.ts';
import { imageSource } from '../../core/note/image-source.ts';
import { resolveImage } from '../../core/note/resolve-image.ts';
import { placesOf, type ReviewDraft, type ReviewPlace, type ReviewScope } from './review-drafts.ts';
import { imagesIn, type Reviewed, reviewedIn, type ReviewPart, type ReviewVault } from './reviewed-image.ts';

/** What the user typed and skipped in a review, kept as drafts until it is written or discarded. */
export class ReviewEdits {
  readonly #scope: ReviewScope;
  /** Images whose text was edited in this review and is not yet written. */
  readonly #edited = new Set<string>();
  readonly #places = new WeakMap<ReadNote, readonly (ReviewPlace | null)[]>();

  constructor(scope: ReviewScope) {
    this.#scope = scope;
  }

  /** Number of images with text that is not yet written. */
  get count(): number {
    return this.#edited.size;
  }

  isEdited({ id }: Reviewed): boolean {
    return this.#edited.has(id);
  }

  draftOf(item: Reviewed): ReviewDraft | null {
    const place = this.#placeOf(item);
    return place && item.vault.drafts.get(place);
  }

  /** @param text null if the generated text was restored */
  edit(item: Reviewed, text: string | null): void {
    if (!this.#set(item, { text, skipped: false })) return;
    if (text === null) this.#edited.delete(item.id);
    else this.#edited.add(item.id);
  }

  skip(item: Reviewed): void {
    if (this.#set(item, { text: this.draftOf(item)?.text ?? null, skipped: true })) this.settle(item);
  }

  unskip(item: Reviewed): void {
    this.#set(item, { text: this.draftOf(item)?.text ?? null, skipped: false });
  }

  /** The text is being written, or is replaced. */
  settle({ id }: Reviewed): void {
    this.#edited.delete(id);
  }

  /** The text could not be written. */
  unsettle(item: Reviewed): void {
    if (this.draftOf(item) !== null) this.#edited.add(item.id);
  }

  forget(item: Reviewed): void {
    const place = this.#placeOf(item);
    if (place) item.vault.drafts.remove(place);
  }

  /** The images of a part that have a draft. Drafts of images no longer in their note are removed. */
  async read(part: ReviewPart): Promise<Record<'skipped' | 'edited', Reviewed[]>> {
    const found: Record<'skipped' | 'edited', Reviewed[]> = { skipped: [], edited: [] };
    const { vault, notes } = part;
    for (const note of notes) {
      const drafts = vault.drafts.of(this.#scope, note);
      const images = drafts.length === 0 ? null : await imagesIn(vault, note);
      if (images === null) continue;
      const places = this.#placesIn(vault, images.read);
      const wanted = reviewedIn(part, images);
      for (const draft of drafts) {
        const index = places.findIndex((place) => place?.file === draft.file && place.nth === draft.nth);
        if (index < 0) vault.drafts.remove(draft);
        const item = wanted.find(({ embed }) => embed === images.read.embeds[index]);
        if (item !== undefined) found[draft.skipped ? 'skipped' : 'edited'].push(item);
      }
    }
    return found;
  }

  /** @returns whether the image has a place */
  #set(item: Reviewed, draft: ReviewDraft): boolean {
    const place = this.#placeOf(item);
    if (place) item.vault.drafts.set(place, draft);
    return place !== null;
  }

  #placeOf({ vault, read, embed }: Reviewed): ReviewPlace | null {
    return this.#placesIn(vault, read)[read.embeds.indexOf(embed)] ?? null;
  }

  #placesIn({ captioner }: ReviewVault, read: ReadNote): readonly (ReviewPlace | null)[] {
    const known = this.#places.get(read);
    if (known !== undefined) return known;
    const { note, embeds } = read;
    const index = captioner.ports.files.index();
    const files = embeds.map((embed) => imageSource(resolveImage(embed, note, index), true));
    const places = placesOf(this.#scope, note, files);
    this.#places.set(read, places);
    return places;
  }
}
