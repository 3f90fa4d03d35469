import { expect } from 'chai'
import { decodeFunctionResult, encodeFunctionData, zeroAddress } from 'viem'
import type { Address, Hex } from 'viem'
import {
  AuspexError,
  bondModel,
  challengeModel,
  claimBond,
  commit,
  commitInputs,
  concludeRequest,
  discloseInputs,
  evaluateModel,
  getBondClaimable,
  getBondTerms,
  getInputRequest,
  getModel,
  getModelBond,
  getModelBreach,
  getModelPromise,
  getRecordedTruth,
  inputsHashOf,
  leaveBond,
  modelIdOf,
  provenBy,
  publish,
  publishModel,
  recordTruth,
  requestInputs,
  reveal,
  withdrawBond,
} from '../../sdk/src/index.ts'
import type { AuspexClient } from '../../sdk/src/index.ts'
import { modelStoreAbi } from '../../sdk/src/abis/index.ts'
import { encodeDense, evaluateDense } from '../../sdk/src/maths/index.ts'
import type { DenseModel } from '../../sdk/src/maths/index.ts'
import {
  connection,
  loadFixture,
  ONE,
  predictions,
  sealAndSign,
  staked,
  tellTruth,
  time,
  TRUTH,
} from '../helpers/network.ts'

const BOND = 100n * ONE
const FEE = ONE
const WINDOW = 600n
/** EIP-7825. */
const GAS_CAP = 16_777_216n
const salt: Hex = `0x${'07'.repeat(32)}`
const round = 0n
const unit = { centre: 0n, spread: ONE }
/** (x0 + x1) / 2. */
const meanOfTwo: DenseModel = {
  ...{ inputForm: 'raw', outputForm: 'raw', inputs: [unit, unit], output: unit },
  layers: [{ activation: 'none', bent: 0, shift: 1, biases: [0n], weights: [[1, 1]] }],
}
/** What the first worker says in the fixtures is the mean of these. */
const inputs = [90n * ONE, 110n * ONE]

const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AuspexError ? error.name : error),
  )

/** Two workers bonded that they say the mean of two numbers: the first does, the second says 102. */
async function bonded() {
  const base = await staked()
  const { topic, contract, workers } = base
  const { viem } = connection
  const { address: store } = await viem.deployContract('ModelStore')
  const { address: ring } = await viem.deployContract('TruthRing', [contract.address])
  const { address: bonds } = await viem.deployContract('ModelBond', [store, ring, WINDOW, FEE])
  const { model } = await publishModel(workers[0]!, { store, model: encodeDense(meanOfTwo) })
  for (const worker of workers.slice(0, 2)) {
    const { from } = await bondModel(worker, { bonds, topic, model, kind: 'given', amount: BOND })
    expect(from).to.equal(round)
  }
  const keyOf = (i: number) => ({ bonds, topic, worker: workers[i]!.account! as Address })
  return { ...base, store, ring, bonds, model, keyOf }
}

/** As `bonded`, round 0 being published and the inputs of both sealed. */
async function predicted() {
  const base = await bonded()
  const { topic, keeper, workers, goTo, bonds, keyOf } = base
  await goTo('openTime', round)
  for (const [i, client] of workers.slice(0, 2).entries()) {
    const hash = inputsHashOf({ chainId: client.chainId, ...keyOf(i), round, inputs, salt })
    await commitInputs(client, { bonds, topic, round, hash })
  }
  const sealed = await Promise.all(
    workers.map((worker, i) => sealAndSign(worker, { topic, round, i })),
  )
  const commitments = sealed.map(({ commitment }) => commitment)
  const { seals } = await commit(keeper, { topic, round, commitments })
  await goTo('revealTime', round)
  await reveal(keeper, { topic, round, seals, openings: sealed.map(({ opening }) => opening) })
  await goTo('publishTime', round)
  await publish(keeper, { topic, round })
  return base
}

describe('models on chain', () => {
  it('are published once, and answer as the maths of the SDK do', async () => {
    const { stranger, store, model } = await loadFixture(bonded)
    const bytes = encodeDense(meanOfTwo)
    expect(model).to.equal(modelIdOf(bytes))
    expect(await getModel(stranger, { store, model })).to.equal(bytes)
    const { receipts } = await publishModel(stranger, { store, model: bytes })
    expect(receipts).to.deep.equal([])
    const answer = await evaluateModel(stranger, { store, model, inputs })
    expect(answer).to.equal(evaluateDense(meanOfTwo, inputs))
    const wrong = evaluateModel(stranger, { store, model, inputs: [ONE] })
    expect(await refused(wrong)).to.equal('WrongInputs')
  })

  it('hold 57,000 multiply-adds below the cap of a transaction', async () => {
    const { stranger, store } = await loadFixture(bonded)
    const large = networkOf(240, 238)
    const { model, receipts } = await publishModel(stranger, { store, model: encodeDense(large) })
    // Six parts, and the call that joins them.
    expect(receipts).to.have.length(7)
    for (const { gasUsed } of receipts) expect(gasUsed < GAS_CAP).to.equal(true)
    const given = large.inputs.map((_, i) => BigInt(i) * ONE)
    const call = { abi: modelStoreAbi, functionName: 'evaluate', args: [model, given] } as const
    const data = encodeFunctionData(call)
    const gas = await stranger.public.estimateGas({ account: zeroAddress, to: store, data })
    expect(gas < GAS_CAP / 3n, `${gas} gas`).to.equal(true)
    const answer = await stranger.public.call({ to: store, data })
    const value = decodeFunctionResult({ ...call, data: answer.data! })
    expect(value).to.equal(evaluateDense(large, given))
  })
})

/** One hidden layer, tanh, of weights that differ. */
function networkOf(width: number, hidden: number): DenseModel {
  const rows = Array.from({ length: hidden }, (_, i) =>
    Array.from({ length: width }, (__, j) => ((i * 31 + j * 17) % 201) - 100),
  )
  const shared = { shift: 15, activation: 'tanh' } as const
  return {
    ...{ inputForm: 'raw', outputForm: 'raw', output: unit },
    inputs: Array.from({ length: width }, () => ({ centre: 0n, spread: 100n * ONE })),
    layers: [
      { ...shared, bent: hidden, biases: new Array<bigint>(hidden).fill(0n), weights: rows },
      { ...shared, bent: 0, biases: [5n], weights: [rows.map((row) => row[0]!)] },
    ],
  }
}

describe('a bond on a model', () => {
  it('says what it covers, and what a challenge proves', async () => {
    const { stranger, store, ring, bonds, model, keyOf } = await loadFixture(bonded)
    const bond = await getModelBond(stranger, keyOf(0))
    const expected = { amount: BOND, model, kind: 'given', from: 0n, until: undefined, open: 0n }
    expect(bond).to.include(expected)
    expect(provenBy[bond!.kind]).to.include('Only the computation')
    const terms = await getBondTerms(stranger, { bonds })
    expect(terms).to.include({ window: WINDOW, fee: FEE })
    expect([terms.store, terms.ring].map((each) => each.toLowerCase())).to.deep.equal([store, ring])
    expect(await getModelBond(stranger, keyOf(2))).to.equal(undefined)
    expect(await refused(getModelPromise(stranger, { ...keyOf(0), round }))).to.equal(
      'WrongInputKind',
    )
  })

  it('is lost by a value that the model does not answer', async () => {
    const { stranger, keyOf, bonds } = await loadFixture(predicted)
    const done = await challengeModel(stranger, { ...keyOf(1), round, inputs, salt })
    expect(done).to.include({ stated: predictions[1]!.value, computed: 100n * ONE })
    expect(done.paid).to.equal(BOND / 2n)
    expect(await getModelBond(stranger, keyOf(1))).to.equal(undefined)
    const breach = await getModelBreach(stranger, keyOf(1))
    expect(breach).to.include({ round, proof: 'difference', count: 1n, computed: 100n * ONE })
    const account = stranger.account! as Address
    expect(await getBondClaimable(stranger, { bonds, account })).to.equal(BOND / 2n)
    expect((await claimBond(stranger, { bonds, account })).amount).to.equal(BOND / 2n)
  })

  it('stands where the model answers just that', async () => {
    const { stranger, keyOf } = await loadFixture(predicted)
    const challenge = { ...keyOf(0), round, inputs, salt }
    expect(await refused(challengeModel(stranger, challenge))).to.equal('AsPromised')
    expect(await refused(challengeModel(stranger, { ...challenge, inputs: [] }))).to.equal(
      'OtherInputs',
    )
    expect(await getModelBreach(stranger, keyOf(0))).to.equal(undefined)
  })

  it('earns a fee where inputs are asked for and disclosed', async () => {
    const { stranger, workers, keyOf, bonds } = await loadFixture(predicted)
    const { deadline } = await requestInputs(stranger, { ...keyOf(0), round })
    expect(deadline).to.equal(BigInt(await time.latest()) + WINDOW)
    const asked = await getInputRequest(stranger, { ...keyOf(0), round })
    expect(asked).to.include({ isOpen: true, stated: predictions[0]!.value })
    await discloseInputs(workers[0]!, { ...keyOf(0), round, inputs, salt })
    const account = keyOf(0).worker
    expect(await getBondClaimable(stranger, { bonds, account })).to.equal(FEE)
  })

  it('is lost by silence', async () => {
    const { stranger, keyOf } = await loadFixture(predicted)
    const { deadline } = await requestInputs(stranger, { ...keyOf(0), round })
    await time.increaseTo(deadline + 1n)
    await concludeRequest(stranger, { ...keyOf(0), round })
    expect(await getModelBreach(stranger, keyOf(0))).to.include({ proof: 'silence' })
  })

  it('leaves whole once its rounds are over', async () => {
    const { stranger, workers, topic, bonds, keyOf } = await loadFixture(predicted)
    const { leavesAt } = await leaveBond(workers[0] as AuspexClient, { bonds, topic })
    expect(await refused(withdrawBond(stranger, keyOf(0)))).to.equal('OutsideTime')
    await time.increaseTo(leavesAt)
    expect((await withdrawBond(stranger, keyOf(0))).amount).to.equal(BOND)
  })

  it('reads truths that anyone records', async () => {
    const base = await loadFixture(predicted)
    const { stranger, topic, ring } = base
    const { proof } = await tellTruth(base, { round, value: TRUTH })
    expect(await refused(getRecordedTruth(stranger, { ring, topic, round }))).to.equal(
      'TruthNotRecorded',
    )
    await recordTruth(stranger, { ring, topic, round, proof })
    expect(await getRecordedTruth(stranger, { ring, topic, round })).to.equal(TRUTH)
  })
})
