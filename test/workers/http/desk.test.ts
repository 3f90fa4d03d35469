import { expect } from 'chai'
import type { Hono } from 'hono'
import { privateKeyToAccount } from 'viem/accounts'
import { commitmentTypedData, compactSignature, seal } from '../../../sdk/src/index.ts'
import type { Phase } from '../../../sdk/src/index.ts'
import { connectReputer } from '../../../workers/src/http/connectReputer.ts'
import { deskApp } from '../../../workers/src/http/deskApp.ts'
import { openDesk } from '../../../workers/src/http/openDesk.ts'

const place = { chainId: 31337, network: `0x${'11'.repeat(20)}` } as const
const topic = `0x${'22'.repeat(32)}` as const
const committer = `0x${'33'.repeat(20)}` as const
const round = 3n
const signer = privateKeyToAccount(`0x${'44'.repeat(32)}`)
const worker = signer.address

async function offers({ value = 5n } = {}) {
  const key = { ...place, topic, round, worker, saltKey: `0x${'55'.repeat(32)}` } as const
  const { commitment, opening } = await seal({ ...key, value, confidence: 100n })
  const data = commitmentTypedData({ ...place, topic, round, commitment })
  const signature = compactSignature(await signer.signTypedData(data))
  const { salt, confidence } = opening
  return {
    commitment: { topic, round, worker, commitment, ...signature },
    opening: { topic, round, worker, value, confidence, salt },
  }
}

describe('a reputer’s desk', () => {
  let phase: Phase
  let isSeated: boolean
  let app: Hono
  const desk = () => openDesk({ file: ':memory:' })
  let kept: ReturnType<typeof desk>

  const appWith = (options: { requestsPerMinute?: number; offersPerMinute?: number } = {}) =>
    deskApp({
      place,
      committer,
      desk: kept,
      topics: new Map([
        [
          topic,
          {
            phaseOf: async () => phase,
            isSealing: async () => true,
            isSeated: async () => isSeated,
          },
        ],
      ]),
      ...options,
    })

  beforeEach(() => {
    phase = 'commit'
    isSeated = true
    kept = desk()
    app = appWith()
  })

  async function post(path: string, body: unknown) {
    const text = JSON.stringify(body, (_, each) => (typeof each === 'bigint' ? String(each) : each))
    const response = await app.request(path, { method: 'POST', body: text })
    const { status, reason } = (await response.json()) as { status: string; reason?: string }
    return [response.status, reason ?? status]
  }

  describe('given a commitment', () => {
    it('refuses a body that is too large', async () => {
      expect(await post('/commitments', { text: 'x'.repeat(5000) })).to.deep.equal([
        413,
        'too-large',
      ])
    })

    it('refuses what is no commitment', async () => {
      const { commitment } = await offers()
      expect(await post('/commitments', 'nonsense')).to.deep.equal([400, 'invalid'])
      expect(await post('/commitments', { ...commitment, more: 1 })).to.deep.equal([400, 'invalid'])
      expect(await post('/commitments', { ...commitment, r: '0x00' })).to.deep.equal([
        400,
        'invalid',
      ])
    })

    it('refuses a topic it does not serve', async () => {
      const { commitment } = await offers()
      const elsewhere = { ...commitment, topic: `0x${'99'.repeat(32)}` }
      expect(await post('/commitments', elsewhere)).to.deep.equal([404, 'unknown-topic'])
    })

    it('refuses it outside the commit window', async () => {
      phase = 'reveal'
      const { commitment } = await offers()
      expect(await post('/commitments', commitment)).to.deep.equal([409, 'wrong-phase'])
    })

    it('refuses one that its worker did not sign', async () => {
      const { commitment } = await offers()
      const forged = { ...commitment, worker: committer }
      expect(await post('/commitments', forged)).to.deep.equal([401, 'bad-signature'])
    })

    it('refuses a worker without a seat', async () => {
      isSeated = false
      const { commitment } = await offers()
      expect(await post('/commitments', commitment)).to.deep.equal([403, 'not-seated'])
    })

    it('takes it, and the same one again', async () => {
      const { commitment } = await offers()
      expect(await post('/commitments', commitment)).to.deep.equal([200, 'accepted'])
      expect(await post('/commitments', commitment)).to.deep.equal([200, 'accepted'])
      expect(kept.offersOf({ topic, round })).to.have.length(1)
    })

    it('refuses a second, different one of the same worker, and shows it the first', async () => {
      const first = await offers({ value: 5n })
      const second = await offers({ value: 6n })
      await post('/commitments', first.commitment)
      expect(await post('/commitments', second.commitment)).to.deep.equal([409, 'conflict'])

      const reputer = connectReputer({ url: '', fetch: (url, init) => app.request(url, init) })
      const { commitment, r, vs } = first.commitment
      expect(await reputer.takeCommitment(second.commitment)).to.deep.equal({
        status: 'refused',
        reason: 'conflict',
        held: { commitment, r, vs },
      })
    })

    it('refuses it when the list has gone out', async () => {
      const { commitment } = await offers()
      await kept.closeList({ topic, round })
      expect(await post('/commitments', commitment)).to.deep.equal([409, 'list-closed'])
    })
  })

  describe('given an opening', () => {
    beforeEach(async () => {
      const { commitment } = await offers()
      await post('/commitments', commitment)
      phase = 'reveal'
    })

    it('refuses one without a commitment', async () => {
      const { opening } = await offers()
      const stranger = { ...opening, worker: committer }
      expect(await post('/openings', stranger)).to.deep.equal([404, 'unknown-commitment'])
    })

    it('refuses one that does not match', async () => {
      const { opening } = await offers()
      expect(await post('/openings', { ...opening, value: 6n })).to.deep.equal([
        409,
        'wrong-opening',
      ])
    })

    it('refuses it before the reveal window', async () => {
      phase = 'commit'
      const { opening } = await offers()
      expect(await post('/openings', opening)).to.deep.equal([409, 'wrong-phase'])
    })

    it('refuses a confidence that the network would not count', async () => {
      const { opening } = await offers()
      expect(await post('/openings', { ...opening, confidence: 0n })).to.deep.equal([
        400,
        'invalid',
      ])
    })

    it('takes it', async () => {
      const { opening } = await offers()
      expect(await post('/openings', opening)).to.deep.equal([200, 'accepted'])
      const [offer] = kept.offersOf({ topic, round })
      expect(offer!.opening).to.include({ value: 5n, confidence: 100n })
    })
  })

  it('refuses more than so many requests a minute', async () => {
    app = appWith({ requestsPerMinute: 2 })
    const { commitment } = await offers()
    await post('/commitments', commitment)
    await post('/commitments', commitment)
    expect(await post('/commitments', commitment)).to.deep.equal([429, 'too-many-requests'])
  })

  it('takes no more than so many offers a minute from one key, whatever addresses they come from', async () => {
    app = appWith({ offersPerMinute: 2 })
    const { commitment } = await offers()
    const from = async (clientAddress: string, offer: object) => {
      const body = JSON.stringify(offer, (_, each) =>
        typeof each === 'bigint' ? String(each) : each,
      )
      const response = await app.request(
        '/commitments',
        { method: 'POST', body },
        { clientAddress },
      )
      return response.status
    }
    expect(await from('10.0.0.1', commitment)).to.equal(200)
    expect(await from('10.0.0.2', commitment)).to.equal(200)
    expect(await from('10.0.0.3', commitment)).to.equal(429)
    // Whoever signs nothing cannot use up what another key may offer.
    expect(await from('10.0.0.4', { ...commitment, r: `0x${'77'.repeat(32)}` })).to.equal(401)
  })

  it('gives the same list every time it is closed', async () => {
    const { commitment } = await offers()
    await post('/commitments', commitment)
    const list = await kept.closeList({ topic, round })
    expect(list).to.deep.equal(kept.offersOf({ topic, round }))
    expect(list).to.have.length(1)
    expect(await kept.closeList({ topic, round })).to.deep.equal(list)
  })
})

describe('a worker’s way to a reputer', () => {
  it('shows no more of its URL than the host', async () => {
    const url = 'http://127.0.0.1:1/k3y-0f-mine?token=s3cret'
    const { commitment } = await offers()
    const reputer = connectReputer({ url, timeoutMs: 500 })
    const answer = await reputer.takeCommitment(commitment)
    expect(reputer.name).to.equal('127.0.0.1:1')
    expect(JSON.stringify(answer)).not.to.match(/k3y|s3cret/)
    const failing = connectReputer({
      url,
      fetch: () => Promise.reject(new Error(`Failed to fetch ${url}`)),
    })
    expect(JSON.stringify(await failing.takeCommitment(commitment))).not.to.match(/k3y|s3cret/)
  })

  it('takes nonsense and slowness for silence', async () => {
    const { commitment } = await offers()
    const answers = [
      () => new Response('<html>', { status: 502 }),
      () => Response.json({ status: 'accepted', committer: 'me' }),
      (_: string, { signal }: RequestInit) =>
        new Promise<Response>((_, reject) => {
          signal!.addEventListener('abort', () => reject(new Error('too slow')))
        }),
    ]
    for (const fetch of answers) {
      const reputer = connectReputer({ url: 'http://reputer', timeoutMs: 50, fetch })
      expect((await reputer.takeCommitment(commitment)).status).to.equal('silent')
    }
  })
})
