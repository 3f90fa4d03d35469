import { expect } from 'chai'
import { concatHex, keccak256, numberToHex, slice, size, zeroHash } from 'viem'
import type { Hex } from 'viem'
import { getDefinition, getTruthProof } from '../../../sdk/src/index.ts'
import { time } from '../../helpers/network.ts'
import { ask, cases, sourceAbi, subjects, unknown } from './subjects.ts'
import type { Case, Scene } from './subjects.ts'

const titles: Record<Case, string> = {
  answer: 'knows what happened',
  stale: 'makes no old answer a new one',
  zero: 'takes a zero for what it is',
  replaced: 'answers the same where what it reads is replaced in the middle',
  unanswered: 'knows nothing before it can be known',
}

/** Bytes that somebody may try instead of a proof. */
function attempts(proof: Hex): Hex[] {
  const long = keccak256(proof)
  const from = (start: number): Hex => (start < size(proof) ? slice(proof, start) : '0x')
  const upTo = (end: number): Hex => (end > 0 ? slice(proof, 0, end) : '0x')
  const words = Math.min(4, Math.floor(size(proof) / 32))
  const changed = Array.from({ length: words }, (_, i) =>
    concatHex([upTo(i * 32), long, from(i * 32 + 32)]),
  )
  return [
    '0x',
    '0x01',
    long,
    concatHex([zeroHash, zeroHash]),
    concatHex([numberToHex(2n ** 255n, { size: 32 }), numberToHex(2n ** 255n, { size: 32 })]),
    concatHex([proof, zeroHash]),
    upTo(size(proof) - 1),
    ...changed,
  ]
}

describe('every truth source', () => {
  for (const { name, play } of subjects) {
    describe(name, () => {
      for (const case_ of cases) {
        // Invariant 22, with the cases of every source
        it(titles[case_], async () => {
          const scene = await play(case_)
          expect(await ask(scene), 'its answer').to.deep.equal(scene.expected)
          await answersNothingElse(scene)
          const proof = await getTruthProof(scene.client, {
            source: scene.source,
            targetTime: scene.target,
          })
          await scene.goOn()
          if (case_ === 'unanswered') return
          expect(await ask(scene), 'its answer later').to.deep.equal(scene.expected)
          expect(await ask(scene, scene.target, proof), 'by the proof from before').to.deep.equal(
            scene.expected,
          )
        })
      }

      it('does not know the future', async () => {
        const scene = await play('answer')
        const { client, source, target } = scene
        const proof = await getTruthProof(client, { source, targetTime: target })
        const future = BigInt(await time.latest()) + 5_000n
        expect(await ask(scene, future, proof)).to.deep.equal(unknown)
        expect(await ask(scene, future)).to.deep.equal(unknown)
      })

      it('takes no round’s proof for another round', async () => {
        const scene = await play('answer')
        const { client, source, target } = scene
        const proof = await getTruthProof(client, { source, targetTime: target })
        for (const other of [target - 40n, target + 6n]) {
          const right = await ask(scene, other)
          const wrong = await ask(scene, other, proof)
          const isSame = wrong.status === right.status && wrong.value === right.value
          expect(isSame || wrong.status === 'unknown', `${other - target} s off`).to.equal(true)
        }
      })

      it('says what it is, and that nobody’s stake limits it', async () => {
        const { client, source } = await play('answer')
        const [magic, security, definition] = await Promise.all([
          client.public.readContract({
            address: source,
            abi: sourceAbi,
            functionName: 'isTruthSource',
          }),
          client.public.readContract({
            address: source,
            abi: sourceAbi,
            functionName: 'truthSecurity',
            args: [zeroHash],
          }),
          getDefinition(client, { source }),
        ])
        expect(magic).to.equal('0xa65dfd3f')
        expect(security).to.equal(2n ** 256n - 1n)
        expect(definition.unit).not.to.equal('')
        const kinds: Record<string, string> = {
          ReturnTruth: 'return',
          VolatilityTruth: 'volatility',
          AverageTruth: 'average',
          TouchTruth: 'move',
          PoolTruth: 'poolAverage',
        }
        expect(definition.question.kind).to.equal(kinds[name] ?? 'value')
      })
    })
  }
})

async function answersNothingElse(scene: Scene): Promise<void> {
  const { client, source, target, expected } = scene
  const proof = await getTruthProof(client, { source, targetTime: target })
  for (const attempt of attempts(proof)) {
    const answer = await ask(scene, target, attempt)
    if (answer.status === 'unknown') expect(answer.value).to.equal(0n)
    else expect(answer, attempt.slice(0, 140)).to.deep.equal(expected)
  }
}
