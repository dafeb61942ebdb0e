import process from 'node:process';
import { detectLanguage } from '../../core/language/detect-language.ts';
import type { ServerApi } from '../../core/model/server-model.ts';
import { createKnownApis } from '../../core/servers/known-apis.ts';
import { modelServers } from '../../core/servers/model-servers.ts';
import { modelSources, type ModelSources } from '../../core/servers/server-pool.ts';
import { parseServerList } from '../../core/settings/server-list.ts';
import { openVisionCapability } from '../../core/storage/vision-capability.ts';
import { visionCapabilityFile } from '../../node/data-folder.ts';
import { createLineFile } from '../../node/line-file.ts';
import { nodeFetch } from '../../node/node-fetch.ts';

/**
 * The models of the selected servers, in order of preference: those named, otherwise those of NOTESIGHT_HOSTS,
 * otherwise that of OLLAMA_HOST. The API is detected unless the user specifies it. NOTESIGHT_API_KEY is sent to a
 * single server, or to those followed by `token` if there are several.
 * @throws NotesightError `bad_usage` if an address is invalid
 */
export function openModels(named: readonly string[], api?: ServerApi): ModelSources {
  const { NOTESIGHT_HOSTS, NOTESIGHT_API_KEY, OLLAMA_HOST } = process.env;
  const [list = ''] = [named.join(','), NOTESIGHT_HOSTS?.trim(), OLLAMA_HOST].filter(Boolean);
  const secrets = { token: NOTESIGHT_API_KEY ?? '', headers: [] };
  const servers = modelServers(parseServerList(list), nodeFetch, secrets);
  const apis = createKnownApis();
  return modelSources(servers, {
    detectLanguage,
    visionCapability: () => openVisionCapability(createLineFile(visionCapabilityFile())),
    apis: api === undefined ? apis : { ...apis, of: () => Promise.resolve(api) },
  });
}
