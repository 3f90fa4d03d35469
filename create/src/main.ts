import { runCommandLine } from './runCommandLine.ts'

process.exitCode = runCommandLine({ argv: process.argv.slice(2) })
