import { fingerprint } from '../image/fingerprint.ts';
import type { Description, ImageContext } from '../model/image-description.ts';
import { isBetterProvenance } from '../model/provenance.ts';
import { createDescriber, type DescribePorts } from './describe-file.ts';

/** A describer for callers that only need to know what an image shows. */
export interface KnownDescriber {
  /**
   * Reads the last description of an image from the log, in any language.
   * @returns null if there is none, or only one by a less capable engine
   */
  readonly known: (file: string, signal: AbortSignal) => Promise<Description | null>;
  /** Describes the image if it has no such description. */
  readonly describe: (file: string, context: ImageContext, signal: AbortSignal) => Promise<Description>;
}

export function createKnownDescriber(ports: DescribePorts): KnownDescriber {
  const describe = createDescriber(ports, { useLog: true }, (run) => run());

  async function known(file: string, signal: AbortSignal): Promise<Description | null> {
    const last = ports.log.last(await fingerprint(await ports.images.read(file, signal)));
    return last === undefined || isBetterProvenance(ports.model.provenance, last.provenance) ? null : last;
  }

  return {
    known,
    describe: async (file, context, signal) =>
      (await known(file, signal)) ?? (await describe(file, context, signal)).description,
  };
}
