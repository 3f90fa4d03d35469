import type { Artifact, LinkReferences } from './readBuild.ts'

/** The switch: an empty library's address, which the linker sets to the number of the mutant that lives. */
export const SWITCH = 'project/mutation/Live.sol'

/** The artifact with mutant `number` alive; with none for 0. Other libraries stay to be linked. */
export function bring(artifact: Artifact, number: number): Artifact {
  const address = number.toString(16).padStart(40, '0')
  const [linkReferences, deployedLinkReferences] = [
    artifact.linkReferences,
    artifact.deployedLinkReferences,
  ]
  return {
    ...artifact,
    bytecode: set(artifact.bytecode, linkReferences, address),
    deployedBytecode: set(artifact.deployedBytecode, deployedLinkReferences, address),
    linkReferences: others(linkReferences),
    deployedLinkReferences: others(deployedLinkReferences),
  }
}

function set(code: string, references: LinkReferences, address: string): string {
  const places = Object.values(references[SWITCH] ?? {}).flat()
  let out = ''
  let from = 0
  for (const { start, length } of places.sort((a, b) => a.start - b.start)) {
    out += code.slice(from, 2 + 2 * start) + address
    from = 2 + 2 * (start + length)
  }
  return out + code.slice(from)
}

function others({ [SWITCH]: _, ...rest }: LinkReferences): LinkReferences {
  return rest
}
