import type { Uri } from 'vscode';
import { escapeMarkdown } from '../../../core/markdown/escape-markdown.ts';
import { relativeUrl } from '../../../core/note/relative-url.ts';
import { oneLine } from '../../../core/text/one-line.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';

/** Characters that a wiki embed can't contain. */
const NOT_IN_WIKI = /[[\]|#^]/;

/**
 * An embed of an image for a note: wiki syntax in an Obsidian vault, Markdown elsewhere.
 * @param file relative to its vault
 * @param into the note, possibly in another vault
 */
export async function embedFor(
  vault: OpenVault,
  file: string,
  alt: string,
  into: Uri,
  vaults: Vaults,
): Promise<string> {
  const target = await vaults.of(into);
  const path = target === vault ? file : target.pathOf(vault.uriOf(file));
  const altText = oneLine(alt);
  if (target.kind === 'obsidian' && target === vault && !NOT_IN_WIKI.test(file)) return `![[${file}]]`;
  return `![${escapeMarkdown(altText)}](${relativeUrl(target.pathOf(into), path)})`;
}
