import { NotesightError } from '../../../core/errors.ts';
import { shownTarget } from '../../../core/note/inline-source.ts';
import type { ListedImage } from '../../../core/note/list-images.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { listVaultImages } from '../list-vault-images.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, errorText, print, printJson, say } from '../output.ts';
import type { SelectedVault } from '../select-vaults.ts';

type Problem = 'missing-alt' | 'useless-alt' | 'missing-file';

const WORDS: Record<Problem, string> = {
  'missing-alt': 'missing alt text',
  'useless-alt': 'placeholder alt text',
  'missing-file': 'image file not found',
};

/** `notesight check`: images with missing or placeholder alt text, or a missing file. For CI. */
export async function checkCommand(
  vaults: readonly SelectedVault[],
  options: { json: boolean },
): Promise<ExitCode> {
  let found = 0;
  let images = 0;
  let failed = false;
  for await (const placed of listVaultImages(vaults)) {
    if (placed instanceof NotesightError) {
      failed = true;
      say(errorText(placed));
      continue;
    }
    images++;
    const { note, listed, line, column } = placed;
    const { alt } = listed.embed;
    const target = shownTarget(listed.embed.target);
    for (const problem of problemsOf(listed)) {
      found++;
      if (options.json) printJson({ note, line, column, problem, target, alt });
      else
        print(`${note}:${line}:${column}  ${WORDS[problem]}: ${alt === '' ? target : `${alt} (${target})`}`);
    }
  }
  say(
    found === 0
      ? `Checked ${pluralEn(images, 'image', 'images')}. No problems found.`
      : `Checked ${pluralEn(images, 'image', 'images')}. Found ${pluralEn(found, 'problem', 'problems')}.`,
  );
  return found > 0 || failed ? EXIT.failed : EXIT.done;
}

function problemsOf({ image, altProblem, suppressed }: ListedImage): Problem[] {
  if (suppressed) return [];
  const problems: Problem[] = [];
  if (image.kind === 'missing' || image.kind === 'outside') problems.push('missing-file');
  if (altProblem === 'missing') problems.push('missing-alt');
  if (altProblem === 'useless') problems.push('useless-alt');
  return problems;
}
