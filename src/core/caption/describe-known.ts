import { fingerprint } from '../image/fingerprint.ts';
import type { Description, ImageContext } from '../model/image-description.ts';
import { isBetterProvenance, provenanceOf } from '../model/provenance.ts';
import { createDescriber, type DescribePorts } from './describe-file.ts';

/**
 * What an image shows, for somebody who only needs to know: whatever was said of it before, in any language, will do.
 * Only what nobody has looked at is described anew, and what was said of it by who sees less.
 */
export function createKnownDescriber(
  ports: DescribePorts,
): (file: string, context: ImageContext, signal: AbortSignal) => Promise<Description> {
  const describe = createDescriber(ports, { useLog: true }, (run) => run());
  return async (file, context, signal) => {
    const known = ports.log.last(await fingerprint(await ports.images.read(file, signal)));
    if (known !== undefined && !isBetterProvenance(provenanceOf(ports.model), provenanceOf(known)))
      return known;
    return (await describe(file, context, signal)).description;
  };
}
