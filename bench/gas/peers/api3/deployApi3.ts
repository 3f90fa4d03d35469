import {
  AccessControlRegistry__factory as Registry,
  Api3ReaderProxyV1Factory__factory as ReaderFactory,
  Api3ServerV1__factory as Server,
  Api3ServerV1OevExtension__factory as Extension,
} from '@api3/contracts'
import { accountOf } from '@auspex/sdk'
import { encodeDeployData, encodeFunctionData, stringToHex } from 'viem'
import type { Address } from 'viem'
import type { Chain } from '../../chain.ts'

/** Their contracts on a chain of the bench. */
export type Api3 = {
  server: Address
  /** lets consumers read what goes by this name */
  reader: Address
  readerName: `0x${string}`
}

const READER_NAME = stringToHex('BENCH/USD', { size: 32 })
const APPLICATION = 1n
const ROLE = 'admin of the bench'

/** Puts the server and a reader on a chain, by the bytecode that the package ships: nothing is compiled. */
export async function deployApi3({ keeper, deploy }: Chain): Promise<Api3> {
  const manager = accountOf(keeper)
  const registry = await deploy(encodeDeployData(Registry))
  const server = await deploy(encodeDeployData({ ...Server, args: [registry, ROLE, manager] }))
  const extension = await deploy(
    encodeDeployData({ ...Extension, args: [registry, ROLE, manager, server] }),
  )
  const factory = await deploy(encodeDeployData({ ...ReaderFactory, args: [manager, extension] }))
  const { abi } = ReaderFactory
  const args = [READER_NAME, APPLICATION, '0x'] as const
  const where = { abi, functionName: 'computeApi3ReaderProxyV1Address', args } as const
  const create = { abi, functionName: 'deployApi3ReaderProxyV1', args } as const

  const reader = await keeper.public.readContract({ address: factory, ...where })
  await keeper.send({ to: factory, data: encodeFunctionData(create) })

  return { server, reader, readerName: READER_NAME }
}
