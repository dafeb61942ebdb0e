import { TFile, TFolder } from 'obsidian';

/** Paths of the notes in a folder and its subfolders, sorted. */
export function notesIn({ children }: TFolder): string[] {
  return children
    .flatMap((child) => {
      if (child instanceof TFolder) return notesIn(child);
      return child instanceof TFile && child.extension === 'md' ? [child.path] : [];
    })
    .sort();
}
