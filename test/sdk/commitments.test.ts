import { expect } from 'chai'
import fc from 'fast-check'
import { privateKeyToAccount } from 'viem/accounts'
import { bytesToHex, hashTypedData, parseSignature, recoverAddress, toHex, zeroAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { topicNetworkAbi } from '../../sdk/src/abis/topicNetworkAbi.ts'
import {
  commitmentTypedData,
  compactSignature,
  consentTypedData,
  domainHashOf,
  findSeal,
  unpackPrediction,
  unpackSeal,
} from '../../sdk/src/index.ts'
import * as Seals from '../../sdk/src/maths/batches.ts'
import * as Commitments from '../../sdk/src/maths/commitments.ts'
import { unpack } from '../../sdk/src/maths/float.ts'
import { packPrediction } from '../../sdk/src/words/prediction.ts'
import { packStatement, packBacker } from '../../sdk/src/words/seal.ts'
import { connection, deployed, loadFixture } from '../helpers/network.ts'

const bytes = (length: number): fc.Arbitrary<Hex> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((list) => bytesToHex(list))
const uint = (bits: bigint) => fc.bigInt({ min: 0n, max: 2n ** bits - 1n })
const int = (bits: bigint) => fc.bigInt({ min: -(2n ** (bits - 1n)), max: 2n ** (bits - 1n) - 1n })

const anyFloat = (bits: bigint) => fc.tuple(uint(bits), uint(8n)).map(([m, e]) => (m << 8n) | e)
const confidences = fc.bigInt({ min: 1n, max: 10_000n })

const anyStatement = fc.record({ value: int(104n), confidence: uint(16n), salt: bytes(16) })

const signer = privateKeyToAccount(`0x${'a1'.repeat(32)}`)
const place = { chainId: 31337, network: '0x00000000000000000000000000000000000a0b0c' as Address }
const topic: Hex = `0x${'07'.repeat(32)}`
const round = 12n
const commitment: Hex = `0x${'c0'.repeat(20)}`
const owner: Address = '0x0000000000000000000000000000000000000abc'

/** A signature whose s lies in the upper half of the curve's order, and the account it recovers to. */
async function signedWithHighS(hash: Hex) {
  const vs: Hex = `0x7f${'ff'.repeat(31)}`
  const { r } = await signer.sign({ hash }).then(parseSignature)
  const worker = await recoverAddress({ hash, signature: { r, s: vs, yParity: 0 } })
  return { worker, r, vs }
}

describe('commitments', () => {
  const harness = connection.viem.deployContract('CommitmentsHarness')

  it('hash as the contract hashes', async () => {
    const { read } = await harness
    await fc.assert(
      fc.asyncProperty(
        bytes(32),
        bytes(32),
        uint(24n),
        bytes(20),
        anyStatement,
        async (domain, id, n, worker, stated) => {
          const ofRound = Commitments.roundHash(domain, id, n)
          expect(await read.roundHash!([domain, id, n])).to.equal(ofRound)
          const { value, confidence, salt } = stated
          const statement = packStatement(stated)
          expect(await read.stated!([value, confidence, BigInt(salt)])).to.equal(statement)
          expect(await read.commitmentOf!([ofRound, worker, statement])).to.equal(
            Commitments.commitmentOf(ofRound, worker, statement),
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  it('leave predictions that come apart into what went in', async () => {
    const { read } = await harness
    await fc.assert(
      fc.asyncProperty(
        fc.record({ value: int(104n), confidence: confidences, wager: uint(96n) }),
        fc.record({ trust: anyFloat(24n), isSeasoned: fc.boolean(), era: uint(11n) }),
        async ({ value, confidence, wager }, { trust, isSeasoned, era }) => {
          const statement = packStatement({ value, confidence, salt: `0x${'5a'.repeat(16)}` })
          const backer = await read.backed!([zeroAddress, 7n, 1n << 8n, trust, isSeasoned, era])
          const word = (await read.recorded!([statement, wager, backer])) as bigint
          const prediction = { value, wager, trust, confidence, seasoned: isSeasoned, era }
          expect(packPrediction(prediction)).to.equal(word)
          expect(unpackPrediction(word)).to.deep.equal({
            ...prediction,
            trust: unpack(trust),
            era: era & 511n,
          })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('become seals that name their worker and tell what stands behind it', async () => {
    const { read } = await harness
    await fc.assert(
      fc.asyncProperty(
        fc.record({ commitment: bytes(20), worker: bytes(20), other: bytes(20) }),
        fc.record({
          seat: uint(8n),
          budget: anyFloat(32n),
          trust: anyFloat(24n),
          seasoned: fc.boolean(),
          era: uint(11n),
        }),
        async ({ commitment, worker, other }, { seat, budget, trust, seasoned, era }) => {
          fc.pre(other !== worker && other !== commitment)
          const words = [worker, seat, budget, trust, seasoned, era]
          const backer = (await read.backed!(words)) as bigint
          const seal = Commitments.sealOf(commitment, backer)
          expect(await read.sealOf!([commitment, backer])).to.equal(seal)
          expect(packBacker({ worker, seal })).to.equal(backer)
          expect(unpackSeal(seal)).to.deep.equal({
            bound: Commitments.boundOf(commitment, worker),
            seat,
            budget: unpack(budget),
            trust: unpack(trust),
            seasoned,
            era,
          })
          expect(findSeal({ seals: [1n, seal], worker, commitment })).to.equal(1)
          const [foreign, changed] = [
            { worker: other, commitment },
            { worker, commitment: other },
          ]
          expect(findSeal({ seals: [1n, seal], ...foreign })).to.equal(undefined)
          expect(findSeal({ seals: [1n, seal], ...changed })).to.equal(undefined)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('refuse what does not fit a word', () => {
    const fits = { value: 0n, confidence: 1n, salt: `0x${'00'.repeat(16)}` as Hex }
    for (const part of [{ value: 2n ** 103n }, { confidence: -1n }, { salt: '0x00' as Hex }]) {
      expect(() => packStatement({ ...fits, ...part })).to.throw(RangeError)
    }
  })

  it('chain batches and lists as the contract does', async () => {
    const { read } = await harness
    const anyList = fc.array(uint(256n), { minLength: 0, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        anyList,
        int(256n),
        uint(256n),
        bytes(32),
        async (list, center, word, ofWorkers) => {
          expect(await read.hashOf!([list])).to.equal(Seals.hashOf(list))
          const first = Commitments.firstDigest(center, word)
          expect(await read.firstDigest!([center, word])).to.equal(first)
          const ofPredictions = toHex(word, { size: 32 })
          expect(await read.chain!([first, ofPredictions, ofWorkers])).to.equal(
            Commitments.chain(first, ofPredictions, ofWorkers),
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  it('are signed as typed data, and by their worker only', async () => {
    const { read } = await harness
    const domain = domainHashOf(place)
    const data = commitmentTypedData({ ...place, topic, round, commitment })
    const signature = compactSignature(await signer.signTypedData(data))
    const statement = 0n

    const cases = [
      { worker: signer.address, ...signature, counts: true },
      { worker: owner, ...signature, counts: false },
      { ...(await signedWithHighS(hashTypedData(data))), counts: false },
      { worker: signer.address, r: signature.r, vs: `0x${'00'.repeat(32)}` as Hex, counts: false },
    ]
    for (const { counts, ...opening } of cases) {
      const twin = await Commitments.isSigned(domain, topic, round, commitment, opening)
      const args = [domain, topic, round, commitment, { statement, ...opening }]
      expect(twin).to.equal(counts)
      expect(await read.isSigned!(args)).to.equal(counts)
    }
  })

  it('of consent name topic, owner and end', async () => {
    const { read } = await harness
    const domain = domainHashOf(place)
    const deadline = 1_800_000_000n
    const { r, vs } = compactSignature(
      await signer.signTypedData(consentTypedData({ ...place, topic, owner, deadline })),
    )
    for (const [who, end, counts] of [
      [owner, deadline, true],
      [owner, deadline + 1n, false],
      [signer.address, deadline, false],
    ] as const) {
      const consent = { deadline: end, r, vs }
      const twin = Commitments.isConsent(domain, topic, who, signer.address, consent)
      expect(await twin).to.equal(counts)
      expect(await read.isConsent!([domain, topic, who, signer.address, consent])).to.equal(counts)
    }
  })

  it('are bound to the domain that the network itself reports', async () => {
    const { creator } = await loadFixture(deployed)
    const [, name, version, chainId, verifyingContract] = await creator.public.readContract({
      ...{ address: creator.network, abi: topicNetworkAbi },
      functionName: 'eip712Domain',
    })
    expect({ name, version }).to.deep.equal({ name: 'Auspex', version: '1' })
    expect(domainHashOf({ chainId: Number(chainId), network: verifyingContract })).to.equal(
      domainHashOf(creator),
    )
  })
})
