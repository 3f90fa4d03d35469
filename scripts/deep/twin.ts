import { WORLDS, generateTopic, type WorldName } from '../../test/parity/generateTopic.ts'
import { inputTape, outputTape } from '../../test/parity/tape.ts'

export type Twin = {
  /** @returns how many rounds it played, and where the two differ */
  play(world: string, seed: number): Promise<{ rounds: number; failed: string[] }>
}

/** The worlds a topic is drawn from; the crowd of 256 plays a round where others play four. */
export function worlds(): string[] {
  return Object.keys(WORLDS)
}

/** Random topics through the Solidity libraries and through the SDK's, compared word by word. */
export async function createTwin(): Promise<Twin> {
  const { playOnChain } = await import('../../test/parity/playOnChain.ts')
  return {
    async play(world, seed) {
      const name = world as WorldName
      const cases = generateTopic({ name, rounds: name === 'crowd' ? 12 : 50, seed })
      const rounds = cases.length
      const solidity = await playOnChain(cases.flatMap(inputTape))
      const twin = cases.flatMap((round) => outputTape(round))
      const word = twin.findIndex((number, index) => number !== solidity[index])
      if (word < 0 && solidity.length === twin.length) return { rounds, failed: [] }
      const [ours, theirs] = [twin[word], solidity[word]]
      return { rounds, failed: [`word ${word}: ${theirs} in Solidity, ${ours} in TypeScript`] }
    },
  }
}

/** Networks of a piece. */
export const NETWORKS = 100

/** Random networks through Dense and through the SDK's twin; every seed has networks of its own. */
export async function playNetworks(seed: number): Promise<string[]> {
  const { compareDense } = await import('../../test/parity/denseOnChain.ts')
  const { failed } = await compareDense({ from: 1_000_000 + seed * NETWORKS, count: NETWORKS })
  return failed
}
