import { FileType, Uri, workspace } from 'vscode';
import { needsCaption } from '../../../editor/needs-caption.ts';
import { type UnfinishedBatch, withoutFailed } from '../../../editor/unfinished-batch.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';
import type { Services } from '../services.ts';
import type { Job } from './job-runner.ts';

/** One job per vault of the chosen files and folders; together they are one batch, counted and undone together. */
export async function jobsFor(
  files: readonly Uri[],
  vaults: Vaults,
  workOf: Services['workOf'],
): Promise<Job[]> {
  const byVault = new Map<OpenVault, Set<string>>();
  const add = (vault: OpenVault, notes: readonly string[]) => {
    byVault.set(vault, new Set([...(byVault.get(vault) ?? []), ...notes]));
  };
  for (const file of files) {
    const { type } = await workspace.fs.stat(file);
    if ((type & FileType.Directory) !== 0) {
      for (const { vault, notes } of await vaults.notesIn(file)) add(vault, notes);
    } else {
      const vault = await vaults.of(file);
      add(vault, [vault.pathOf(file)]);
    }
  }
  return [...byVault].map(([vault, notes]) => {
    const work = workOf(vault);
    return { work, notes: [...notes], wanted: needsCaption(work.settings()) };
  });
}

/** One job per vault for the embeds of these image files. */
export async function jobsForImages(
  files: readonly Uri[],
  vaults: Vaults,
  workOf: Services['workOf'],
): Promise<Job[]> {
  const byVault = new Map<OpenVault, Set<string>>();
  for (const file of files) {
    const vault = await vaults.of(file);
    byVault.set(vault, new Set([...(byVault.get(vault) ?? []), vault.pathOf(file)]));
  }
  return Promise.all(
    [...byVault].map(async ([vault, paths]): Promise<Job> => {
      const work = workOf(vault);
      const needs = needsCaption(work.settings());
      return {
        work,
        notes: await vault.notes(),
        wanted: (listed, note) =>
          listed.image.kind === 'file' && paths.has(listed.image.path) && needs(listed, note),
      };
    }),
  );
}

/** The remaining jobs of a batch; deleted files are skipped. */
export async function remainingJobs(
  batch: UnfinishedBatch,
  vaults: Vaults,
  workOf: Services['workOf'],
): Promise<Job[]> {
  const files: Uri[] = [];
  for (const file of batch.chosen.map((text) => Uri.parse(text))) if (await exists(file)) files.push(file);
  const jobs = await jobsFor(files, vaults, workOf);
  return jobs.map((job) => ({ ...job, wanted: withoutFailed(job.wanted, batch) }));
}

async function exists(file: Uri): Promise<boolean> {
  return Promise.resolve(workspace.fs.stat(file)).then(
    () => true,
    () => false,
  );
}
