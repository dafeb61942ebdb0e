import { isElement } from '../dom.ts';

/** Accepts images dropped or pasted anywhere on the panel; ignores other files. */
export function takeFiles(root: HTMLElement, hint: string, take: (files: readonly File[]) => void): void {
  const imagesOf = (data: DataTransfer | null) =>
    [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
  const over = (on: boolean) => {
    if (on) root.dataset['drop'] = hint;
    else delete root.dataset['drop'];
  };
  root.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    over(true);
  });
  root.addEventListener('dragleave', (event) => {
    if (!(isElement(event.relatedTarget) && root.contains(event.relatedTarget))) over(false);
  });
  root.addEventListener('drop', (event) => {
    over(false);
    const files = imagesOf(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
  root.addEventListener('paste', (event) => {
    const files = imagesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}
