import { Command } from 'commander'

/** Options that every command has. */
export type Common = { json: boolean; config: string }

/** A command with the options that all have in common. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--json', 'print one JSON object for machines', false)
    .option('-c, --config <file>', 'configuration file', 'auspex.yaml')
}
