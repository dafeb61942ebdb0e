import { fingerprint } from '../image/fingerprint.ts';
import type { Description, ImageContext } from '../model/image-description.ts';
import { isBetterProvenance } from '../model/provenance.ts';
import { createDescriber, type DescribePorts } from './describe-file.ts';

/**
 * Creates a describer for callers that only need to know what an image shows: it reuses any earlier description, in
 * any language. An image is described only if it has no description yet, or only one by a less capable engine.
 */
export function createKnownDescriber(
  ports: DescribePorts,
): (file: string, context: ImageContext, signal: AbortSignal) => Promise<Description> {
  const describe = createDescriber(ports, { useLog: true }, (run) => run());
  return async (file, context, signal) => {
    const known = ports.log.last(await fingerprint(await ports.images.read(file, signal)));
    if (known !== undefined && !isBetterProvenance(ports.model.provenance, known.provenance)) return known;
    return (await describe(file, context, signal)).description;
  };
}
