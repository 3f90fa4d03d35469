import { zeroAddress, zeroHash } from 'viem'
import type { Address, Hex } from 'viem'
import { definedTruthAbi } from '../abis/definedTruthAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { explain } from '../contract/errors.ts'
import type { Question } from '../maths/question.ts'

/** What a truth source's values are, with times and units. */
export type Definition = {
  question: Question
  /** The contract whose answers are sampled; absent where it is the chain itself. */
  source?: Address
  /** Which of the source's answers, where it has several: Pyth's price id. */
  id?: Hex
  /** Seconds that an answer may lie away from the moment it stands for. */
  tolerance: bigint
  /** What the value counts. */
  unit: string
}

/** In the order of the contract's enum. */
const kinds = ['value', 'return', 'volatility', 'move', 'average', 'poolAverage'] as const

/**
 * The definition that a truth source computes its values by. A ReputerTruth has none: its topics' descriptions say it.
 * @example
 * ```ts
 * import { getDefinition } from '@auspex/sdk'
 *
 * const { question, unit } = await getDefinition(auspex, { source })
 * ```
 */
export async function getDefinition(
  client: AuspexClient,
  { source }: { source: Address },
): Promise<Definition> {
  const call = { address: source, abi: definedTruthAbi, functionName: 'definition' } as const
  const answer = await client.public.readContract(call).catch((error: unknown) => {
    throw explain(error)
  })
  const { tolerance, unit, window, samples, size } = answer
  const kind = kinds[answer.question]
  if (kind === undefined)
    throw new Error(
      `The truth source ${source} asks a question of kind ${answer.question}, which this version does not know. Update @auspex/sdk.`,
    )
  return {
    question: questionOf(kind, { window, samples, size }),
    ...(answer.source !== zeroAddress && { source: answer.source }),
    ...(answer.id !== zeroHash && { id: answer.id }),
    tolerance,
    unit,
  }
}

function questionOf(
  kind: (typeof kinds)[number],
  { window, samples, size }: { window: bigint; samples: bigint; size: bigint },
): Question {
  if (kind === 'value') return { kind }
  if (kind === 'poolAverage') return { kind, window }
  if (kind === 'move') return { kind, window, samples, size }
  return { kind, window, samples }
}
