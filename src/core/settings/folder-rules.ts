import { pathKey } from './folder-path.ts';
import type { FolderRule, Settings } from './settings.ts';

/** The settings that a rule can change. */
type RuleField = Exclude<keyof FolderRule, 'folder'>;

/** The settings for a note: each as the nearest folder with a rule for it says, otherwise the general one. */
export function settingsFor(settings: Settings, note: string): Settings {
  const { language, style, altPrompt, folderRules } = settings;
  const nearest = nearestRule(folderRules);
  return {
    ...settings,
    language: nearest('language', note) ?? language,
    style: nearest('style', note) ?? style,
    altPrompt: nearest('altPrompt', note) ?? altPrompt,
  };
}

/** Returns a function that checks whether a path is in a folder that a rule excludes. */
export function createFolderExclude(rules: readonly FolderRule[]): (path: string) => boolean {
  const nearest = nearestRule(rules);
  return (path) => nearest('exclude', path) === true;
}

/** The folders in which a setting differs. */
export function foldersWith(rules: readonly FolderRule[], field: RuleField): string[] {
  return rules.flatMap((rule) => (rule[field] === undefined ? [] : [rule.folder]));
}

/** The rules after a folder was renamed or moved; the same list if none is about it. */
export function renameFolder(rules: readonly FolderRule[], from: string, to: string): readonly FolderRule[] {
  const old = `${pathKey(from)}/`;
  const isInside = ({ folder }: FolderRule) => `${pathKey(folder)}/`.startsWith(old);
  if (!rules.some(isInside)) return rules;
  const depth = from.split('/').length;
  return rules.map((rule) =>
    isInside(rule) ? { ...rule, folder: [to, ...rule.folder.split('/').slice(depth)].join('/') } : rule,
  );
}

/** The nearest folder of a note with a rule for how its images are described or written; undefined if none. */
export function nearestFolder(rules: readonly FolderRule[], note: string): string | undefined {
  const accepts = ({ language, style, altPrompt }: FolderRule) =>
    (language ?? style ?? altPrompt) !== undefined;
  return byNearest(rules)(note, accepts)?.folder;
}

/** Returns a function that finds what the nearest folder of a path says about a setting. */
function nearestRule(
  rules: readonly FolderRule[],
): <Key extends RuleField>(field: Key, path: string) => FolderRule[Key] {
  const nearest = byNearest(rules);
  return (field, path) => nearest(path, (rule) => rule[field] !== undefined)?.[field];
}

/** Returns a function that finds the rule of the nearest folder of a path among the rules that a test accepts. */
function byNearest(
  rules: readonly FolderRule[],
): (path: string, accepts: (rule: FolderRule) => boolean) => FolderRule | undefined {
  // A subfolder has a longer path than its parents. Of two rules for one folder, the later one counts.
  const nearestFirst = rules
    .map((rule) => ({ rule, prefix: `${pathKey(rule.folder)}/` }))
    .reverse()
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return (path, accepts) => {
    const key = pathKey(path);
    return nearestFirst.find(({ rule, prefix }) => key.startsWith(prefix) && accepts(rule))?.rule;
  };
}
