import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import type { Address, Hex } from 'viem'
import { arrangeReveal, commitmentOf, saltOf, seal } from '../../sdk/src/index.ts'

const key = {
  chainId: 31337,
  network: '0x5fbdb2315678afecb367f032d93f642f64180aa3' as Address,
  topic: `0x${'07'.repeat(32)}` as Hex,
  round: 5n,
}
const worker: Address = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8'
const saltKey: Hex = `0x${'5e'.repeat(32)}`

const word = (n: bigint) => n.toString(16).padStart(64, '0')

async function sealed(count: number) {
  const addresses = Array.from({ length: count }, (_, i) => {
    return `0x${(i + 1).toString(16).padStart(40, '0')}` as Address
  })
  return Promise.all(
    addresses.map((each, i) =>
      seal({ ...key, worker: each, saltKey, value: BigInt(i), confidence: 1n }),
    ),
  )
}

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
    it('puts every commitment of the list back into its place', async () => {
      const all = await sealed(12)
      const commitments = all.map(({ commitment }) => commitment)
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray([...all.keys()]), async (chosen) => {
          const openings = chosen.map((i) => all[i]!.opening)
          const arranged = arrangeReveal({ ...key, commitments, openings })

          const left = [...arranged.openings]
          const rest = [...arranged.rest]
          const list = commitments.map((_, i) =>
            (arranged.opened >> BigInt(i)) & 1n
              ? commitmentOf({ ...key, ...left.shift()! })
              : rest.shift()!,
          )
          expect(list).to.deep.equal(commitments)
          expect(arranged.openings).to.have.length(chosen.length)
          expect([left, rest]).to.deep.equal([[], []])
        }),
      )
    })

    it('leaves out what the list does not hold', async () => {
      const [mine, foreign] = await sealed(2)
      const arranged = arrangeReveal({
        ...key,
        commitments: [mine!.commitment],
        openings: [foreign!.opening, mine!.opening],
      })
      expect(arranged).to.deep.equal({ openings: [mine!.opening], opened: 1n, rest: [] })
    })
  })
})
