import { InvalidArgumentError } from 'commander'

/** Reads a list as a,b of known names, in the order in which they are known. */
export function parseNames<Name extends string>(known: readonly Name[]): (text: string) => Name[] {
  return (text) => {
    const names = text.split(',')
    const unknown = names.find((name) => !known.some((each) => each === name))
    if (unknown === undefined) return known.filter((name) => names.includes(name))
    throw new InvalidArgumentError(`"${unknown}" is none of ${known.join(', ')}.`)
  }
}
