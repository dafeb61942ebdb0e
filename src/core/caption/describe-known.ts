import { fingerprint } from '../image/fingerprint.ts';
import type { Description, ImageContext } from '../model/vision-model.ts';
import { createDescriber, type DescribePorts } from './describe-file.ts';

/**
 * What an image shows, for somebody who only needs to know: whatever a model said of it before, in any language, will
 * do. Only what nobody has looked at is described anew, as is that of which just the text was read, where a model can
 * see it now.
 */
export function createKnownDescriber(
  ports: DescribePorts,
): (file: string, context: ImageContext, signal: AbortSignal) => Promise<Description> {
  const describe = createDescriber(ports, { useLog: true }, (run) => run());
  return async (file, context, signal) => {
    const known = ports.log.last(await fingerprint(await ports.images.read(file, signal)));
    if (known !== undefined && (known.engine !== 'embedded' || ports.model.engine === 'embedded'))
      return known;
    return (await describe(file, context, signal)).description;
  };
}
