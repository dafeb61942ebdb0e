/** The page of the repository. `repository` in package.json is the one place that has the address. */
export const REPOSITORY: string;

/** Where a file of this version's release can be downloaded. */
export function releaseFile(file: string): string;

/** The bytes of a file in the repository, as of this version. */
export function rawFile(path: string): string;

/** The page of a file in the repository, as of this version. */
export function pageOf(path: string): string;
