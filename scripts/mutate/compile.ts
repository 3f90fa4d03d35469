/* A process of its own that compiles one standard JSON input from its message, and answers with what came of it. */
import { createRequire } from 'node:module'

const solc = createRequire(import.meta.url)('solc') as { compile: (input: string) => string }

process.on('message', (input) => {
  process.send!(JSON.parse(solc.compile(JSON.stringify(input))), () => process.exit(0))
})
