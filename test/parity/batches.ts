import { expect } from 'chai'
import { slice, toHex, zeroHash } from 'viem'
import type { Address, Hex } from 'viem'
import { batchesOf, digestOf, hashOf } from '../../sdk/src/maths/batches.ts'
import { firstDigest } from '../../sdk/src/maths/commitments.ts'
import type { Revealed } from '../../sdk/src/words/prediction.ts'
import { connection } from '../helpers/network.ts'
import { randomOf, type Random } from './random.ts'

const ROUNDS = 60
const MOST_BATCHES = 12
const MOST_IN_A_BATCH = 9
const FULL_HOUSE = 256
const NONE_SUCH = slice(zeroHash, 0, 20)

describe('generated batches, in Solidity and in TypeScript', () => {
  const batches = connection.viem.deployContract('BatchesHarness')
  const commitments = connection.viem.deployContract('CommitmentsHarness')

  it(`give ${ROUNDS} rounds one digest, published, settled and in TypeScript`, async () => {
    const random = randomOf(21)
    for (let round = 0; round < ROUNDS; round++) {
      await expectOneDigest(firstOf(random), revealedIn(random, countsIn(random)))
    }
  })

  it('give a full house one digest, as one batch and as 256', async () => {
    const random = randomOf(22)
    const together = revealedIn(random, [BigInt(FULL_HOUSE)])
    const apart = { ...together, counts: Array.from({ length: FULL_HOUSE }, () => 1n) }
    const first = firstOf(random)

    expect(await expectOneDigest(first, together)).not.to.equal(await expectOneDigest(first, apart))
  })

  it('have none where a batch holds less than was revealed', async () => {
    const random = randomOf(23)
    for (let round = 0; round < 10; round++) {
      const whole = revealedIn(random, countsIn(random))
      const at = random.below(whole.counts.length)
      const counts = whole.counts.map((count, i) => (i === at ? count - 1n : count))
      const digest = await expectOneDigest(firstOf(random), { ...whole, counts })
      expect(digest).to.equal(NONE_SUCH)
    }
  })

  it('are refused where a batch holds more', async () => {
    const random = randomOf(24)
    const { read } = await batches
    const whole = revealedIn(random, [2n, 3n])
    const more = { ...whole, counts: [2n, 4n] }

    expect(digestOf(firstOf(random), more)).to.equal(NONE_SUCH)
    const refusal = await read.settledDigest!([more]).catch((error: Error) => error)
    expect(refusal).to.be.instanceOf(Error)
  })

  it('and lists of seals have one hash, from one seal to 256', async () => {
    const random = randomOf(25)
    const { read } = await commitments
    for (const length of [1, 2, 3, 31, 32, 33, 255, 256]) {
      const list = Array.from({ length }, () => BigInt(bytesIn(random, 32)))
      expect(await read.hashOf!([list])).to.equal(hashOf(list))
    }
  })

  async function expectOneDigest(first: Hex, revealed: Revealed): Promise<Hex> {
    const { read } = await batches
    const digest = digestOf(first, revealed)
    const { predictions } = revealed
    const fromZero = digestOf(NONE_SUCH, revealed)
    const published = await read.publishedDigest!([first, predictions, batchesOf(revealed)])
    expect(published, 'published').to.deep.equal([digest, fromZero])
    expect(await read.settledDigest!([revealed]), 'settled').to.equal(fromZero)

    return digest
  }
})

function countsIn(random: Random): bigint[] {
  const length = 1 + random.below(MOST_BATCHES)
  return Array.from({ length }, () => BigInt(1 + random.below(MOST_IN_A_BATCH)))
}

function revealedIn(random: Random, counts: readonly bigint[]): Revealed {
  const length = Number(counts.reduce((sum, count) => sum + count, 0n))
  return {
    predictions: Array.from({ length }, () => BigInt(bytesIn(random, 32))),
    workers: Array.from({ length }, (): Address => bytesIn(random, 20)),
    counts: [...counts],
  }
}

function firstOf(random: Random): Hex {
  return firstDigest(random.signed(2n ** 103n - 1n), random.big(2n ** 104n))
}

function bytesIn(random: Random, size: number): Hex {
  return toHex(random.big(2n ** BigInt(8 * size)), { size })
}
