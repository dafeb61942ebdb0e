import type { Setting } from 'obsidian';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { Download } from '../../../editor/model-download.ts';
import type { Words } from '../messages/en.ts';
import { downloadText, type WatchedDownload } from './watched-download.ts';

export interface DownloadPorts {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly download: WatchedDownload;
  readonly onEnd: () => void;
}

/**
 * Shows the download of a model, whoever started it. It continues when the row is removed.
 * @returns a function that ends the updates
 */
export function showDownload(
  setting: Setting,
  { words, explain, download, onEnd }: DownloadPorts,
): () => void {
  const { pull } = words.settings;
  const said = setting.descEl.createDiv({ attr: { role: 'status' } });
  let name = '';
  setting.addText((text) => {
    text.inputEl.ariaLabel = pull.name;
    text.inputEl.dir = 'ltr';
    text.setPlaceholder(pull.placeholder).onChange((value) => {
      name = value.trim();
    });
  });
  let unwatch: () => void = () => undefined;
  setting.addButton((button) => {
    const show = (shown: Download) => {
      said.setText(downloadText(shown, words, explain));
      button.setButtonText(shown.state === 'running' ? words.download.stop : pull.button);
      // The row keeps its message.
      if (shown.state === 'done' || shown.state === 'failed') onEnd();
    };
    button.setButtonText(pull.button).onClick(() => {
      if (download.current?.state === 'running') download.stop();
      else download.start(name || pull.placeholder);
    });
    if (download.current?.state === 'running') show(download.current);
    unwatch = download.watch(show);
  });
  return () => {
    unwatch();
  };
}
