/* Rank, weight, reward and slash as if the visitor's model had taken part: computed here, by the SDK's maths alone. */
import { parse } from 'csv-parse/browser/esm/sync'
import { useId, useState } from 'preact/hooks'
import { recordFromText, statedPredictions } from '@auspex/sdk'
import type { StatedRow } from '@auspex/sdk'
import { whatIf } from '@auspex/sdk/maths'
import type { WhatIf as Seen } from '@auspex/sdk/maths'
import { parseUnits } from 'viem'
import { figure, numberOf, percent, tokens } from './formats.ts'
import { paths } from './paths.ts'
import { readText } from './recording.ts'
import { Tile } from './Tile.tsx'

const SELF = 'my model'
const LISTED = 12

type State =
  | { status: 'empty' }
  | { status: 'busy' }
  | { status: 'refused'; reason: string }
  | { status: 'seen'; seen: Seen; file: string }

/** A place to drop a table of predictions, and what they would have earned. */
export function WhatIf({ topic }: { topic: string }) {
  const [state, setState] = useState<State>({ status: 'empty' })
  const [stake, setStake] = useState('1000')
  const id = useId()

  async function look(file: File | undefined) {
    if (!file) return
    setState({ status: 'busy' })
    // A frame for the words, before the replay takes the thread.
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
    try {
      const seen = await replay({ topic, stake, text: await file.text() })
      setState({ status: 'seen', seen, file: file.name })
    } catch (error) {
      setState({ status: 'refused', reason: (error as Error).message })
    }
  }

  return (
    <div
      class="drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void look(event.dataTransfer?.files[0])
      }}
    >
      <p class="note">
        Drop a CSV with the columns <code>round</code>, <code>value</code> and, where you have it,{' '}
        <code>confidence</code> (above 0, at most 1). The topic's past is replayed in this page with
        you in it; nothing is sent anywhere.
      </p>
      <p class="fields">
        <label for={`${id}-stake`}>Stake, tokens</label>
        <input
          id={`${id}-stake`}
          inputMode="decimal"
          value={stake}
          onInput={(event) => setStake(event.currentTarget.value)}
        />
        <label for={`${id}-file`}>Predictions, CSV</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => void look(event.currentTarget.files?.[0])}
        />
      </p>
      <div aria-live="polite">
        {state.status === 'busy' && <p class="note">Replaying the topic's past…</p>}
        {state.status === 'refused' && (
          <p class="failure" role="alert">
            {state.reason}
          </p>
        )}
        {state.status === 'seen' && <Result {...state} />}
      </div>
    </div>
  )
}

async function replay({ topic, stake, text }: { topic: string; stake: string; text: string }) {
  if (!/^\d+(\.\d+)?$/.test(stake)) throw new Error(`"${stake}" is no amount of tokens`)
  const found = recordFromText(await readText(paths.record(topic)))
  if (found.status === 'refused') throw new Error(`The topic's record ${found.reason}`)
  const { record } = found
  const read = statedPredictions(rowsIn(text), record.terms)
  if (read.status === 'refused') throw new Error(`Line ${read.line}: ${read.reason}`)
  if (read.predictions.size === 0) throw new Error('The file holds no predictions')
  const guest = { name: SELF, stake: parseUnits(stake, 18), predictions: read.predictions }
  return whatIf({ record, guest })
}

function rowsIn(text: string): StatedRow[] {
  const options = { bom: true, info: true, skip_empty_lines: true, trim: true, columns: true }
  const rows = parse(text, options) as never as {
    record: Record<string, string>
    info: { lines: number }
  }[]
  const [first] = rows
  for (const name of ['round', 'value']) {
    if (first && !(name in first.record)) throw new Error(`Line 1: no column ${name}`)
  }
  return rows.map(({ record, info }) => ({ line: info.lines, cells: record }))
}

function Result({ seen, file }: { seen: Seen; file: string }) {
  const { rounds, missed, differences } = seen
  if (seen.rank === undefined) {
    return (
      <p class="failure" role="alert">
        None of the {missed.length} predictions in {file} is of a settled round of this topic.
      </p>
    )
  }
  const change = seen.end - seen.start
  return (
    <div data-end={seen.end} data-rank={seen.rank}>
      <dl class="tiles">
        <Tile
          name="Rank"
          value={`${seen.rank} of ${seen.standings.length}`}
          more="by stake and record, as seats are given"
        />
        <Tile
          name="Weight"
          value={percent(numberOf(`${seen.weight}`))}
          more={`of the published values, mean of ${rounds.length} rounds`}
        />
        <Tile
          name="Stake at the end"
          value={`${tokens(seen.end)} tokens`}
          more={`${tokens(change, true)} of ${tokens(seen.start)}`}
          tone={change >= 0n ? 'good' : 'poor'}
        />
        <Tile
          name="Reward"
          value={`${tokens(seen.reward, true)} tokens`}
          more={`and ${tokens(seen.pool, true)} from the pool, ${tokens(seen.peers, true)} from peers`}
        />
        <Tile
          name="Lost in bad rounds"
          value={`${tokens(seen.lost)} tokens`}
          more={`a withheld prediction is slashed by ${tokens(seen.atRisk)} at most`}
        />
        <Tile
          name="Error of the aggregate with you"
          value={figure(seen.errorWith)}
          more={`${figure(seen.errorWithout)} without you, RMSE`}
          tone={seen.errorWith <= seen.errorWithout ? 'good' : 'poor'}
        />
      </dl>
      {missed.length > 0 && (
        <p class="note">
          {missed.length} predictions count for nothing: their rounds are not settled here, or the
          stake was too small.
        </p>
      )}
      {differences.length > 0 && (
        <p class="failure" role="alert">
          The topic's record does not replay: {differences[0]}.
        </p>
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label="Rounds of my model">
        <table>
          <thead>
            <tr>
              <th scope="col">round</th>
              <th scope="col">predicted</th>
              <th scope="col">aggregate with me</th>
              <th scope="col">truth</th>
              <th scope="col">place</th>
              <th scope="col">weight</th>
              <th scope="col">wager, tokens</th>
              <th scope="col">paid, tokens</th>
              <th scope="col">stake, tokens</th>
            </tr>
          </thead>
          <tbody>
            {rounds
              .slice(-LISTED)
              .reverse()
              .map((each) => (
                <tr key={`${each.round}`}>
                  <th scope="row">{`${each.round}`}</th>
                  <td>{figure(numberOf(`${each.value}`))}</td>
                  <td>{figure(numberOf(`${each.aggregate}`))}</td>
                  <td>{figure(numberOf(`${each.truth}`))}</td>
                  <td>
                    {each.place} of {each.of}
                  </td>
                  <td>{percent(numberOf(`${each.weight}`))}</td>
                  <td>{tokens(each.wager)}</td>
                  <td class={each.change >= 0n ? 'good' : 'poor'}>{tokens(each.change, true)}</td>
                  <td>{tokens(each.stake)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
