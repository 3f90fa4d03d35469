#!/usr/bin/env node
/* Plain JavaScript that every Node reads, so that an old one is refused in a sentence and not by a stack trace. */
import console from 'node:console'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { URL } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
const source = new URL('../src/main.ts', import.meta.url)
// Not packed: who has it stands in a checkout, where sources run without a build.
const isCheckout = existsSync(new URL('../tsconfig.build.json', import.meta.url))

if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `create-auspex needs Node 22.13 or later; this is Node ${process.versions.node}. Install a newer Node, and run the command again.`,
  )
  process.exitCode = 3
} else {
  await import(isCheckout ? source.href : '../dist/main.js')
}
