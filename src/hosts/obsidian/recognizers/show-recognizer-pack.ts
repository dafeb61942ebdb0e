import type { Setting } from 'obsidian';
import { address, sha256, size } from 'pack:facts';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import { inWords } from '../../../editor/notices.ts';
import type { Words } from '../messages/en.ts';
import { downloadPack } from './download-pack.ts';
import type { PackRecognizers } from './pack-recognizers.ts';
import type { RecognizerPack } from './recognizer-pack.ts';

export interface RecognizerPackPorts {
  readonly pack: RecognizerPack;
  readonly recognizers: PackRecognizers;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
}

/**
 * The settings row for the pack: its state, and the buttons to install and remove it.
 * @returns a function that stops a download
 */
export function showRecognizerPack(
  setting: Setting,
  { pack, recognizers, words, explain }: RecognizerPackPorts,
): () => void {
  const labels = words.settings.pack;
  const said = setting.descEl.createDiv({ attr: { role: 'status' } });
  if (!pack.offered) {
    said.setText(labels.notOnMobile);
    return () => undefined;
  }
  const megabytes = (size / 1e6).toLocaleString(words.locale, { maximumFractionDigits: 1 });
  let stop: AbortController | null = null;

  const buttonOf = (text: string, onClick: () => void) => {
    const button = setting.controlEl.createEl('button', { text });
    button.addEventListener('click', onClick);
    return button;
  };
  const get = buttonOf(labels.get, () => {
    const from = address;
    if (stop !== null) stop.abort();
    else if (from !== null) void run(() => download(from));
  });
  get.toggle(address !== null);
  const chosen = setting.controlEl.createEl('input', { type: 'file', attr: { accept: '.pack' } });
  chosen.hide();
  chosen.addEventListener('change', () => {
    const [file] = chosen.files ?? [];
    if (file !== undefined) void run(() => pack.install(file));
    // Reset, so that the same file can be chosen again.
    chosen.value = '';
  });
  const fromFile = buttonOf(labels.fromFile, () => {
    chosen.click();
  });
  const remove = buttonOf(labels.remove, () => {
    void run(async () => {
      await recognizers.close();
      await pack.remove();
      fromFile.focus();
    });
  });

  /** The state of the pack as text, with the buttons for it. */
  const present = async (): Promise<string> => {
    // An unusable pack can be removed, too.
    let there = true;
    const state = await inWords(explain, async () => {
      there = (await pack.files()) !== null;
      return there ? labels.there(megabytes, sha256.slice(0, 8)) : labels.missing(megabytes);
    });
    remove.toggle(there);
    return state;
  };
  const run = async (work: () => Promise<void>) => {
    for (const button of [fromFile, remove]) button.disabled = true;
    const problem = await inWords(explain, async () => {
      await work();
      return '';
    });
    const state = await present();
    said.setText(problem === '' ? state : problem);
    for (const button of [fromFile, remove]) button.disabled = false;
  };
  const download = async (from: string) => {
    stop = new AbortController();
    get.setText(labels.stop);
    said.setText(labels.downloading(megabytes));
    try {
      await pack.install(await downloadPack(from, stop.signal));
    } finally {
      stop = null;
      get.setText(labels.get);
    }
  };

  void run(() => Promise.resolve());
  return () => stop?.abort();
}
