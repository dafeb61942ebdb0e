import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import type { TextEdit } from '../../../core/markdown/text-edit.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import type { ListedImage } from '../../../core/note/list-images.ts';
import { markDecorative } from '../../../core/note/mark-decorative.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import { relativeUrl } from '../../../core/note/relative-url.ts';
import { filesNamed } from '../../../core/note/resolve-image.ts';
import { suppress } from '../../../core/note/suppression.ts';
import { readSettings } from '../adapters/settings.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';
import type { CommandName } from '../command-names.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { type DocumentImages, rangeOf } from './document-images.ts';
import { problemIn } from './image-problems.ts';

/** More files with the same name than a menu should list. */
const MAX_PATHS = 3;
/** Not a fix and not a change of the text. VS Code lists it below those. */
const OTHER = CodeActionKind.Empty.append('notesight');

/** An image of a document, with the problem reported for it. */
interface Target {
  readonly document: TextDocument;
  readonly vault: OpenVault;
  readonly listed: ListedImage;
  readonly diagnostic: Diagnostic | undefined;
  /** Whether it can be sent to a model. */
  readonly isReadable: boolean;
}

/** Creates the code actions of a target. */
type Actions = (target: Target) => CodeAction[];

/** Quick fixes and refactorings for the images at the cursor, with or without a problem. */
export function createCodeActions(
  vaults: Vaults,
  images: DocumentImages,
  words: VscodeWords,
): CodeActionProvider {
  const { fixes } = words;
  const actionsOf = imageActions(words);

  return {
    async provideCodeActions(document, range, { diagnostics }) {
      const vault = await vaults.of(document.uri);
      const { remoteImages } = readSettings(document.uri);
      const listed = images.of(document, vault);
      const isReadable = ({ image }: ListedImage) => imageSource(image, remoteImages) !== null;
      const actions = listed
        .filter(({ embed }) => rangeOf(document, embed).intersection(range) !== undefined)
        .flatMap((each) => {
          const place = rangeOf(document, each.embed);
          const diagnostic = diagnostics.find(
            (known) => problemIn(known) !== null && known.range.isEqual(place),
          );
          return actionsOf({ document, vault, listed: each, diagnostic, isReadable: isReadable(each) });
        });
      const wanted = listed.filter((each) => each.altProblem !== null && isReadable(each));
      if (actions.length === 0 || wanted.length === 0) return actions;
      const all = new CodeAction(fixes.writeAll, CodeActionKind.QuickFix);
      all.command = commandOf('captionFile', fixes.writeAll, [document.uri]);
      return [...actions, all];
    },
  };
}

function imageActions({ fixes, hover }: VscodeWords): Actions {
  const write: Actions = ({ document, listed: { embed }, isReadable }) => {
    if (!isReadable) return [];
    const isNeeded = needsAltText(embed) !== null;
    const title = isNeeded ? fixes.write : fixes.rewrite;
    const action = new CodeAction(title, kindFor(isNeeded));
    const name = isNeeded ? 'captionImage' : 'describeAgain';
    action.command = commandOf(name, title, [document.uri, rangeOf(document, embed).start]);
    action.isPreferred = isNeeded;
    return [action];
  };

  const refine: Actions = ({ document, listed: { embed }, isReadable }) => {
    if (!isReadable || needsAltText(embed) !== null || embed.alt === '') return [];
    const action = new CodeAction(fixes.refine, CodeActionKind.RefactorRewrite);
    action.command = commandOf('refine', fixes.refine, [document.uri, rangeOf(document, embed).start]);
    return [action];
  };

  const decorative: Actions = (target) => {
    const edit = decorativeEdit(target);
    const isNeeded = needsAltText(target.listed.embed) !== null;
    return edit === null ? [] : [editAction(fixes.decorative, kindFor(isNeeded), target, edit)];
  };

  const otherPaths: Actions = (target) => {
    const { listed, vault, document } = target;
    const { embed, image } = listed;
    if (image.kind !== 'missing') return [];
    const note = vault.pathOf(document.uri);
    return filesNamed(embed.target, vault.files.index())
      .slice(0, MAX_PATHS)
      .map((path) => {
        const insert = embed.syntax === 'wiki' ? path : relativeUrl(note, path);
        return editAction(fixes.path(path), CodeActionKind.QuickFix, target, { ...embed.targetSpan, insert });
      });
  };

  const ignore: Actions = (target) => {
    const { document, vault, listed, diagnostic } = target;
    if (diagnostic === undefined) return [];
    const edit = suppress(vault.pathOf(document.uri), document.getText(), listed.embed);
    return [editAction(fixes.ignore, CodeActionKind.QuickFix, target, edit)];
  };

  const ask: Actions = ({ document, listed: { embed, image } }) => {
    if (imageSource(image, false) === null) return [];
    const action = new CodeAction(hover.ask, OTHER);
    action.command = commandOf('askImage', hover.ask, [document.uri, rangeOf(document, embed).start]);
    return [action];
  };

  return (target) =>
    [write, refine, otherPaths, decorative, ignore, ask].flatMap((actions) => {
      const made = actions(target);
      for (const action of made) if (target.diagnostic) action.diagnostics = [target.diagnostic];
      return made;
    });
}

function decorativeEdit({ document, listed: { embed, image }, vault }: Target): TextEdit | null {
  // Obsidian doesn't resolve the files of HTML tags like those of its own embeds.
  if (embed.syntax === 'wiki' && (vault.kind === 'obsidian' || image.kind !== 'file')) return null;
  const url =
    embed.syntax === 'wiki' && image.kind === 'file'
      ? relativeUrl(vault.pathOf(document.uri), image.path)
      : null;
  return markDecorative(document.getText(), embed, url);
}

function editAction(title: string, kind: CodeActionKind, { document }: Target, edit: TextEdit): CodeAction {
  const action = new CodeAction(title, kind);
  action.edit = new WorkspaceEdit();
  action.edit.replace(document.uri, rangeOf(document, edit), edit.insert);
  return action;
}

/** A change that no problem asks for is a refactoring. */
function kindFor(isNeeded: boolean): CodeActionKind {
  return isNeeded ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite;
}

function commandOf(name: CommandName, title: string, args: unknown[]): CodeAction['command'] & object {
  return { title, command: `notesight.${name}`, arguments: args };
}
