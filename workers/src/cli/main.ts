#!/usr/bin/env node
import { runCommandLine } from './runCommandLine.ts'

process.exitCode = await runCommandLine({ argv: process.argv })
