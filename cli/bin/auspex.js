#!/usr/bin/env node
/* Plain JavaScript that every Node reads, so that an old one is refused in a sentence and not by a stack trace. */
import console from 'node:console'
import process from 'node:process'

const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 13)) {
  await import('auspex')
} else {
  console.error(
    `auspex needs Node 22.13 or later, because its journal uses node:sqlite; this is Node ${process.versions.node}. Install a newer Node, and run the command again.`,
  )
  process.exitCode = 3
}
