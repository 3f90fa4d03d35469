import type { Command } from 'commander'
import { OperatorError } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { examine } from '../doctor/examine.ts'
import type { Examined } from '../doctor/examine.ts'
import { print } from '../print.ts'

const MARKS = { ok: '✔', warn: '!', fail: '✘' } as const

export function doctor(): Command {
  return command(
    'doctor',
    'check all that a node needs, and say how to mend what is missing',
  ).action(run)
}

async function run({ json, config: file }: Common): Promise<void> {
  const { role, checks } = await examine({ file })
  const failed = checks.filter(({ status }) => status === 'fail')
  print({
    json,
    data: { role, checks, failed: failed.length },
    lines: checks.map(lineOf),
    next: failed.length === 0 ? `auspex ${role} start` : 'mend the first of these and look again',
  })
  if (failed.length === 0) return
  const names = failed.map(({ name }) => name).join(', ')
  throw new OperatorError(
    'requirement',
    `${failed.length} of ${checks.length} checks fail: ${names}.`,
  )
}

function lineOf({ name, status, found, fix }: Examined): string {
  return `${MARKS[status]} ${name.padEnd(22)} ${found}${fix === undefined ? '' : `. ${fix}`}`
}
