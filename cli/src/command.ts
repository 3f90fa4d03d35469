import { Command } from 'commander'
import type { z } from 'zod'
import { fieldsOf } from './config/fieldsOf.ts'

/** Options that every command has. */
export type Common = { json: boolean; config: string }

/** A command with the options that all have in common. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--json', 'print one JSON object for machines', false)
    .option('-c, --config <file>', 'configuration file', 'auspex.yaml')
}

/** A command whose help names every field of the file it reads. */
export function withFields(command: Command, schema: z.ZodType): Command {
  return command.addHelpText('after', () => {
    const fields = fieldsOf(schema)
    const width = Math.max(...fields.map(({ name }) => name.length))
    const help = command.createHelp()
    help.prepareContext({ helpWidth: process.stdout.columns || 100 })
    const items = fields.map(({ name, description, isOptional, preset }) => {
      const isTold = !isOptional || description.includes('left out')
      const left = isTold ? '' : ' (may be left out)'
      const text = `${description}${left}${preset === undefined ? '' : ` [default: ${preset}]`}`
      return help.formatItem(name, width, text, help)
    })
    return ['', 'Fields of the file, YAML:', ...items].join('\n')
  })
}
