import { BadInput } from '../../lib/checks.ts'

export type TransformName = 'none' | 'log1p'

/** Which transform a family's values take. */
export type TransformOf = (family: string) => TransformName

/** Reads `log1p` for every family, or `FAMILY=log1p,...` for some. */
export function parseTransforms(text: string | undefined): TransformOf {
  const parts = (text ?? 'none').split(',').map((part) => part.trim())
  let common: TransformName = 'none'
  const named = new Map<string, TransformName>()

  for (const part of parts) {
    const equals = part.lastIndexOf('=')
    const name = part.slice(equals + 1)
    if (!isTransform(name)) throw new BadInput(`unknown transform: ${part}`)
    if (equals === -1) common = name
    if (equals !== -1) named.set(part.slice(0, equals), name)
  }

  return (family) => named.get(family) ?? common
}

function isTransform(name: string): name is TransformName {
  return name === 'none' || name === 'log1p'
}
