import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import type { Address, Hex } from 'viem'
import {
  arrangeReveal,
  commitmentOf,
  predictionsOf,
  saltOf,
  seal,
  unpackPrediction,
} from '../../sdk/src/index.ts'
import { packDown, unpack } from '../../sdk/src/maths/float.ts'
import { sealOf } from '../../sdk/src/maths/commitments.ts'

const key = {
  chainId: 31337,
  network: '0x5fbdb2315678afecb367f032d93f642f64180aa3' as Address,
  topic: `0x${'07'.repeat(32)}` as Hex,
  round: 5n,
}
const worker: Address = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8'
const saltKey: Hex = `0x${'5e'.repeat(32)}`

const word = (n: bigint) => n.toString(16).padStart(64, '0')

/** Sealed predictions as the network would have taken them in, each worker in a seat with its own budget and trust. */
async function sealed(count: number) {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const number = BigInt(i + 1)
      const prediction = { worker: addressOf(number), value: -number, confidence: number * 800n }
      const { commitment, opening } = await seal({ ...key, ...prediction, saltKey })
      const record = (trustOf(number) << 16n) | ((number % 2n) << 11n) | (number + 600n)
      const standing = (number << 88n) | (budgetOf(number) << 48n) | record
      return { seal: sealOf(commitment, (number << 96n) | standing), opening }
    }),
  )
}

const addressOf = (number: bigint) => `0x${number.toString(16).padStart(40, '0')}` as Address
const budgetOf = (number: bigint) => packDown(number * 10n ** 18n + 123_456_789n, 32n)
const trustOf = (number: bigint) => packDown(number * 10n ** 17n + 1n, 24n)

describe('sealing', () => {
  describe('the salt', () => {
    it('is the start of an HMAC over chain, network, topic, round and worker', async () => {
      const message = [word(31337n), key.network, key.topic, word(5n), worker]
        .map((part) => part.replace('0x', ''))
        .join('')
      const mac = createHmac('sha256', Buffer.from(saltKey.slice(2), 'hex'))
        .update(Buffer.from(message, 'hex'))
        .digest('hex')

      expect(await saltOf({ ...key, worker, saltKey })).to.equal(`0x${mac.slice(0, 32)}`)
    })

    it('refuses a secret that could be guessed', async () => {
      const failure = await saltOf({ ...key, worker, saltKey: '0x0102' }).catch((error) => error)
      expect(failure).to.be.instanceOf(RangeError)
    })
  })

  describe('a sealed prediction', () => {
    it('opens with its opening, and with no other', async () => {
      const { commitment, opening } = await seal({
        ...key,
        worker,
        saltKey,
        value: -7n,
        confidence: 10_000n,
      })
      expect(commitment).to.match(/^0x[0-9a-f]{40}$/)
      expect(commitmentOf({ ...key, ...opening })).to.equal(commitment)
      expect(commitmentOf({ ...key, ...opening, value: -8n })).not.to.equal(commitment)
      expect(commitmentOf({ ...key, ...opening, confidence: 9_999n })).not.to.equal(commitment)
      expect(commitmentOf({ ...key, ...opening, round: 6n })).not.to.equal(commitment)
      expect(commitmentOf({ ...key, ...opening, worker: key.network })).not.to.equal(commitment)
    })
  })

  describe('the arrangement for a reveal', () => {
    it('puts every seal of the list back into its place', async () => {
      const all = await sealed(12)
      const seals = all.map((each) => each.seal)
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray([...all.keys()]), async (chosen) => {
          const openings = chosen.map((i) => all[i]!.opening)
          const arranged = arrangeReveal({ ...key, seals, openings })

          const left = [...arranged.openings]
          const rest = [...arranged.rest]
          const list = seals.map((_, i) => {
            if (((arranged.opened >> BigInt(i)) & 1n) === 0n) return rest.shift()!
            const { backer, ...opening } = left.shift()!
            return sealOf(commitmentOf({ ...key, ...opening }), backer)
          })
          expect(list).to.deep.equal(seals)
          expect(arranged.openings).to.have.length(chosen.length)
          expect([left, rest]).to.deep.equal([[], []])
        }),
      )
    })

    it('leaves out what the list does not hold', async () => {
      const [mine, foreign] = await sealed(2)
      const openings = [foreign!.opening, mine!.opening]
      const arranged = arrangeReveal({ ...key, seals: [mine!.seal], openings })
      expect(arranged).to.deep.include({ opened: 1n, rest: [] })
      expect(arranged.openings.map((each) => each.worker)).to.deep.equal([mine!.opening.worker])
    })
  })

  describe('what a reveal will record', () => {
    it('is a share of each budget with the trust of its seal, in the order of the list', async () => {
      const all = await sealed(3)
      const seals = all.map((each) => each.seal)
      const openings = [all[2]!.opening, all[0]!.opening]
      const { predictions, workers } = predictionsOf({ ...key, seals, openings })
      expect(workers).to.deep.equal([addressOf(1n), addressOf(3n)])
      expect(predictions.map(unpackPrediction)).to.deep.equal(
        [1n, 3n].map((number) => ({
          value: -number,
          wager: (unpack(budgetOf(number)) * number * 800n) / 10_000n,
          trust: unpack(trustOf(number)),
          confidence: number * 800n,
          seasoned: number % 2n === 1n,
          era: (number + 600n) & 511n,
        })),
      )
    })

    it('leaves out who was heard before, and who wagers nothing', async () => {
      const all = await sealed(3)
      const empty = all[1]!
      const seals = all.map((each) => (each === empty ? withoutBudget(each.seal) : each.seal))
      const openings = all.map((each) => each.opening)
      const { workers } = predictionsOf({ ...key, seals, openings, closed: 1n << 3n })
      expect(workers).to.deep.equal([addressOf(1n)])
    })
  })
})

function withoutBudget(word: bigint): bigint {
  return word & ~(0xffff_ffffn << 56n)
}
