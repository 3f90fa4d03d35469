import { runCommandLine } from './runCommandLine.ts'

/** What still waits for an answer when a command has ended does not keep its process. */
const LINGER_MS = 300

process.exitCode = await runCommandLine({ argv: process.argv })
setTimeout(() => process.exit(), LINGER_MS).unref()
