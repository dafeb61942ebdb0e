import { Diagnostic, DiagnosticSeverity, type Range, Uri } from 'vscode';
import type { Span } from '../../../core/markdown/span.ts';
import { shownTarget } from '../../../core/note/inline-source.ts';
import type { ListedImage } from '../../../core/note/list-images.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import type { Severity, VscodeSettings } from '../adapters/settings.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';

/** The `code` of a diagnostic from Notesight, and the heading in its documentation. */
export type ImageProblem = 'missing-alt-text' | 'useless-alt-text' | 'missing-file';

/** The source shown in the Problems panel. */
export const SOURCE = 'Notesight';

/** The address of the folder `docs` in the repository, ending in a slash; inserted by the build. */
declare const DOCS_ADDRESS: string;

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The images of a note, and how their positions become ranges. */
export interface NoteImages {
  /** Relative to the vault. */
  readonly note: string;
  readonly images: readonly ListedImage[];
  readonly rangeOf: (span: Span) => Range;
}

/** The problems of the images of a note under these settings. */
export function imageProblems(
  { note, images, rangeOf }: NoteImages,
  settings: VscodeSettings,
  words: VscodeWords,
): Diagnostic[] {
  const needsText = needsCaption(settings);
  return images.flatMap((listed) => {
    const problem = problemOf(listed, needsText(listed, note));
    if (problem === null) return [];
    const diagnostic = new Diagnostic(
      rangeOf(listed.embed),
      messageOf(problem, listed, words),
      SEVERITY[settings.severity],
    );
    diagnostic.source = SOURCE;
    diagnostic.code = { value: problem, target: Uri.parse(`${DOCS_ADDRESS}vscode.md#${problem}`) };
    return [diagnostic];
  });
}

/** The problem that a diagnostic reports; null if it is not from Notesight. */
export function problemIn({ source, code }: Diagnostic): ImageProblem | null {
  const value = typeof code === 'object' ? code.value : code;
  return source === SOURCE ? (value as ImageProblem) : null;
}

function problemOf({ image, altProblem, suppressed }: ListedImage, isWanted: boolean): ImageProblem | null {
  if (suppressed) return null;
  if (image.kind === 'missing') return 'missing-file';
  if (!isWanted || altProblem === null) return null;
  return altProblem === 'missing' ? 'missing-alt-text' : 'useless-alt-text';
}

function messageOf(problem: ImageProblem, { embed }: ListedImage, { problems }: VscodeWords): string {
  switch (problem) {
    case 'missing-file':
      return problems.missingFile(shownTarget(embed.target));
    case 'missing-alt-text':
      return problems.missing;
    case 'useless-alt-text':
      return problems.placeholder(embed.alt);
  }
}
