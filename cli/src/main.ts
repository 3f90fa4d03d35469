import { runCommandLine } from './runCommandLine.ts'

process.exitCode = await runCommandLine({ argv: process.argv })
