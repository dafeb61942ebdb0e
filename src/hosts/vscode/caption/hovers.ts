import { Hover, type HoverProvider, MarkdownString } from 'vscode';
import { escapeMarkdown } from '../../../core/markdown/escape-markdown.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import type { ResolvedImage } from '../../../core/note/resolve-image.ts';
import type { CaptionRecord } from '../../../core/storage/caption-log.ts';
import { oneLine } from '../../../core/text/one-line.ts';
import type { Vaults } from '../adapters/vaults.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { Services } from '../services.ts';
import { type DocumentImages, rangeOf } from './document-images.ts';

const THUMBNAIL_HEIGHT = 160;
/** Length of a description or the text in an image, in UTF-16 code units. */
const MAX_LENGTH = 1200;
/** Image formats that VS Code's webview can display. */
const DRAWABLE = /\.(?:png|jpe?g|gif|webp|bmp|svg|avif|ico)$/i;

/** VS Code truncates a hover at 100,000 characters. */
const MAX_DATA = 80_000;

function drawnData(image: ResolvedImage): string | false {
  const isShort = image.kind === 'data' && image.url.length <= MAX_DATA;
  return isShort && /^data:image\/[\w.+-]+;base64,[\w+/=]+$/i.test(image.url) && image.url;
}

/** Shows an image with its description and the text in it. */
export function createHovers(
  vaults: Vaults,
  images: DocumentImages,
  words: VscodeWords,
  services: () => Promise<Services>,
): HoverProvider {
  const { hover } = words;

  /** Text from a model or an image is shown literally. VS Code's own method for this keeps no line breaks. */
  function appendDescription(markdown: MarkdownString, record: CaptionRecord): void {
    const { alt, description, text, engine } = record;
    const literal = (value: string) => escapeMarkdown(oneLine(value.slice(0, MAX_LENGTH)));
    markdown.appendMarkdown(literal(description || alt));
    if (text !== '') {
      markdown.appendMarkdown(`\n\n**${hover.textInIt}** ${literal(text.replace(/\s*\n\s*/g, ' · '))}`);
    }
    if (engine === 'embedded') markdown.appendMarkdown(`\n\n*${hover.byRecognizers}*`);
  }

  return {
    async provideHover(document, position) {
      const vault = await vaults.of(document.uri);
      const at = document.offsetAt(position);
      const listed = images.of(document, vault).find(({ embed }) => embed.from <= at && at <= embed.to);
      if (listed === undefined) return null;
      const { image } = listed;
      const source = imageSource(image, false);
      if (source === null) return null;
      const record = await (await services()).workOf(vault).lastRecord(source);
      const markdown = new MarkdownString();
      markdown.isTrusted = { enabledCommands: ['notesight.captionImage', 'notesight.askImage'] };
      const drawn =
        image.kind === 'file' ? DRAWABLE.test(source) && vault.uriOf(source).toString() : drawnData(image);
      if (drawn !== false) markdown.appendMarkdown(`![](${drawn}|height=${THUMBNAIL_HEIGHT})\n\n`);
      if (record === null) markdown.appendMarkdown(`*${hover.undescribed}*`);
      else appendDescription(markdown, record);
      const link = (title: string, command: string) => {
        const place = encodeURIComponent(
          JSON.stringify([document.uri, document.positionAt(listed.embed.from)]),
        );
        return `[${title}](command:${command}?${place})`;
      };
      const links = [
        ...(listed.altProblem === null ? [] : [link(words.fixes.write, 'notesight.captionImage')]),
        link(hover.ask, 'notesight.askImage'),
      ];
      markdown.appendMarkdown(`\n\n${links.join(' · ')}`);
      return new Hover(markdown, rangeOf(document, listed.embed));
    },
  };
}
