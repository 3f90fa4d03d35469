import { existsSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Argument, InvalidArgumentError, Option } from 'commander'
import { questionKinds } from '@auspex/sdk'
import type { QuestionKind } from '@auspex/sdk'
import { OperatorError, unseenIn } from '@auspex/workers'
import { getContractAddress, parseUnits, zeroHash } from 'viem'
import type { Address } from 'viem'
import { ask, canAsk } from '../ask.ts'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { schemaLineFor } from '../config/jsonSchemas.ts'
import { readConfig } from '../config/readConfig.ts'
import { creationOf } from '../creationOf.ts'
import { DEPLOYER } from '../deployOnce.ts'
import { openReader } from '../openAccount.ts'
import {
  parseAddress,
  parseAmount,
  parseFixed,
  parseNewFile,
  parsePeriod,
  parsePositive,
} from '../parsers.ts'
import { print } from '../print.ts'
import { draftTopic, roundUp, usualOf } from '../topic/draftTopic.ts'
import type { Answers } from '../topic/draftTopic.ts'
import { lookAtFeed } from '../topic/lookAtFeed.ts'
import type { FeedLook } from '../topic/lookAtFeed.ts'
import { numberOf, spanOf } from '../topic/units.ts'

type Options = Common & {
  kind?: QuestionKind
  description?: string
  truth?: Address
  cadence?: bigint
  stake?: string
  center?: bigint
  sigma?: bigint
  yes: boolean
}

/** A feed that was seen to answer once is taken to answer within this, seconds. */
const USUAL_HEARTBEAT = 3600n

export function topicNew(): Command {
  return command('new', 'write the file of a topic: six questions, everything else follows')
    .addArgument(
      new Argument('<file>', 'YAML file to write; none that exists is written over').argParser(
        parseNewFile,
      ),
    )
    .addOption(new Option('--kind <kind>', 'what is asked for').choices(questionKinds))
    .option('--description <words>', 'the question in words', parseWords)
    .option('--truth <address>', 'a truth source, or a price feed to deploy one for', parseAddress)
    .option('--cadence <time>', 'how often a round opens, such as 1h', parsePeriod)
    .option('--stake <tokens>', 'least stake of a worker, tokens', parseAmount)
    .option('--center <value>', 'a usual value; the feed’s newest answer otherwise', parseFixed)
    .option(
      '--sigma <value>',
      'how far values usually lie from it; from the feed otherwise',
      parsePositive,
    )
    .option('-y, --yes', 'ask nothing: what is left out is taken as it is offered', false)
    .action(run)
}

async function run(file: string, options: Options): Promise<void> {
  if (existsSync(file)) {
    throw new OperatorError(
      'usage',
      `There is a file at ${file} already. Name another one, or remove it.`,
    )
  }
  const { json, config } = options
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const client = await openReader({ chain })
  const isAsking = !options.yes && canAsk()
  const put = <value>(given: value | undefined, question: Question<value>) =>
    answered(given, question, isAsking)

  const kind = await put(options.kind, {
    words: `What is asked for (${questionKinds.join(', ')})?`,
    offer: 'price',
    parse: parseKind,
  })
  const given = await put(options.truth, {
    words: 'Where does the truth come from (address of a truth source, or of a price feed)?',
    name: '--truth',
    parse: parseAddress,
  })
  const feed = await lookAtFeed(client, given)
  const cadence = await put(options.cadence, {
    words: 'How often does a round open?',
    offer: '1h',
    parse: parsePeriod,
  })
  const description = await put(options.description, {
    words: 'The question in words?',
    offer: descriptionOf(feed, { kind, cadence }),
    name: '--description',
    parse: parseWords,
  })
  const minStake = await put(options.stake, {
    words: 'The least stake of a worker, tokens?',
    offer: '50',
    parse: parseAmount,
  })
  const values = await valuesOf({ kind, feed, cadence, options, put })
  const { truth, deploy } = truthOf(given, feed)
  const draft = draftTopic({ kind, description, truth, cadence, minStake, ...values })
  const line = schemaLineFor(file, 'topic')
  writeFileSync(file, line === undefined ? draft : `${line}\n${draft}`, { flag: 'wx' })
  print({
    json,
    data: { file, kind, truth, feed: feed && given, deploy },
    lines: [`wrote ${file}`, ...feedLines(feed)],
    next: deploy ?? `auspex topic check ${file}`,
  })
}

type Question<value> = {
  words: string
  /** Taken where nothing is answered; undefined where something must be. */
  offer?: string | undefined
  /** The option that answers it. */
  name?: string
  parse: (text: string) => value
}

async function answered<value>(
  given: value | undefined,
  { words, offer, name, parse }: Question<value>,
  isAsking: boolean,
): Promise<value> {
  if (given !== undefined) return given
  for (;;) {
    const text = isAsking ? await ask(`${words}${offer ? ` [${offer}]` : ''} `) : ''
    const answer = text === '' ? offer : text
    if (answer === undefined && !isAsking) {
      throw new OperatorError('usage', `${name} is needed: ${words}`)
    }
    if (answer === undefined) continue
    try {
      return parse(answer)
    } catch (error) {
      if (!isAsking || !(error instanceof InvalidArgumentError)) throw error
      console.error(error.message)
    }
  }
}

function parseKind(text: string): QuestionKind {
  const kind = questionKinds.find((each) => each === text)
  if (kind !== undefined) return kind
  throw new InvalidArgumentError(`One of ${questionKinds.join(', ')} is needed.`)
}

function parseWords(text: string): string {
  const bytes = new TextEncoder().encode(text).length
  if (text.trim() !== '' && bytes <= 280 && unseenIn(text) === undefined) return text
  throw new InvalidArgumentError('Words that can be seen are needed, up to 280 bytes.')
}

function descriptionOf(
  feed: FeedLook | undefined,
  { kind, cadence }: Pick<Answers, 'kind' | 'cadence'>,
): string | undefined {
  const name = feed?.description ?? ''
  const isShown = name !== '' && name.length <= 100 && unseenIn(name) === undefined
  return isShown ? `${name}: ${kind}, about ${spanOf(cadence)} ahead` : undefined
}

/** Center, sigma and range: as they are given, as the feed's answers show them, or usual ones of the kind. */
async function valuesOf(asked: {
  kind: QuestionKind
  feed: FeedLook | undefined
  cadence: bigint
  options: Options
  put: <value>(given: value | undefined, question: Question<value>) => Promise<value>
}): Promise<Pick<Answers, 'center' | 'sigma' | 'min' | 'max'>> {
  const { kind, feed, cadence, options, put } = asked
  const usual = usualOf[kind]
  const isPrice = kind === 'price' || kind === 'generic'
  const seen = isPrice && feed ? { center: feed.newest, sigma: spreadOf(feed, cadence) } : usual
  const center = await put(options.center, {
    words: 'A usual value?',
    offer: seen && numberOf(seen.center),
    name: '--center',
    parse: parseFixed,
  })
  if (usual !== undefined) return { ...usual, center, sigma: options.sigma ?? usual.sigma }

  const offer = seen?.sigma ?? (center === 0n ? undefined : roundUp(center / 100n))
  const sigma =
    options.sigma ??
    (offer !== undefined && offer > 0n
      ? offer
      : await put<bigint>(undefined, {
          words: 'How far do values usually lie from it?',
          name: '--sigma',
          parse: parsePositive,
        }))
  const size = center < 0n ? -center : center
  const far = roundUp(10n * (size > sigma ? size : sigma))
  return { center, sigma, min: kind === 'price' ? 0n : -far, max: far }
}

/** How far a feed usually moves until a round's target: moves grow with the root of time. */
function spreadOf({ usual, newest }: FeedLook, cadence: bigint): bigint {
  const rough = roundUp(newest / 100n)
  if (usual === undefined || usual.move === 0n) return rough
  const factor = Math.sqrt(Number((12n * cadence) / 10n) / Number(usual.seconds))
  return roundUp((usual.move * parseUnits(factor.toFixed(6), 6)) / 1_000_000n)
}

/** A price feed proves nothing by itself: the FeedTruth for it has an address before it is deployed. */
function truthOf(given: Address, feed: FeedLook | undefined): { truth: Address; deploy?: string } {
  if (feed === undefined) return { truth: given }
  const heartbeat = feed.heartbeat ?? USUAL_HEARTBEAT
  const bytecode = creationOf({ name: 'FeedTruth', args: [given, heartbeat] })
  const truth = getContractAddress({ opcode: 'CREATE2', from: DEPLOYER, salt: zeroHash, bytecode })
  return { truth, deploy: `auspex truth deploy feed --feed ${given} --heartbeat ${heartbeat}` }
}

function feedLines(feed: FeedLook | undefined): string[] {
  if (feed === undefined) return []
  const { decimals, newest, heartbeat } = feed
  const pace = heartbeat === undefined ? 'one answer so far' : `at most ${spanOf(heartbeat)} apart`
  return [
    `the feed has ${decimals} decimals and said ${numberOf(newest)} last; its answers came ${pace}`,
    'truth is the address that its FeedTruth gets when it is deployed',
  ]
}
