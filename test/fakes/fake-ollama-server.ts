// A fake Ollama for trying out the command line:
//   node --import tsx test/fakes/fake-ollama-server.ts [--port N] [--delay MS] [--model NAME]
import { parseArgs } from 'node:util';

import { gemma3, textOnly } from './fake-models.ts';
import { startFakeOllama } from './fake-ollama.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '11434' },
    delay: { type: 'string', default: '0' },
    model: { type: 'string', default: gemma3.name },
  },
});
const server = await startFakeOllama({
  port: Number(values.port),
  delay: Number(values.delay),
  models: [{ ...gemma3, name: values.model }, textOnly],
});
console.log(server.url);
