import { concatHex, getContractAddress, zeroHash } from 'viem'
import type { Address, Hex } from 'viem'
import { explain } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { OperatorError } from '@auspex/workers'

/** Deploys any code at an address that follows from the code; it has this address on nearly every chain. */
export const DEPLOYER: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C'

/** Where `deployOnce` puts a contract, whether it is there or not. */
export function addressOf(code: Hex): Address {
  return getContractAddress({
    opcode: 'CREATE2',
    from: DEPLOYER,
    salt: zeroHash,
    bytecode: code,
  })
}

/**
 * Deploys a contract at the address that its code and arguments determine, or finds it there: a second run sends nothing.
 * @param code creation code with its arguments
 */
export async function deployOnce(
  client: AuspexClient,
  code: Hex,
): Promise<{ address: Address; transaction?: Hex }> {
  const address = addressOf(code)
  if (await hasCode(client, address)) return { address }
  if (!(await hasCode(client, DEPLOYER))) {
    throw new OperatorError(
      'requirement',
      `This chain has no contract at ${DEPLOYER}, which deploys others at addresses that follow from their code. Deploy it (github.com/Arachnid/deterministic-deployment-proxy), or use \`npm run deploy\` in the repository.`,
    )
  }

  await refuseInWords(client, code)
  const receipt = await client.send({ to: DEPLOYER, data: concatHex([zeroHash, code]) })
  if (receipt.status === 'success' && (await hasCode(client, address))) {
    return { address, transaction: receipt.transactionHash }
  }
  throw new Error(
    `Transaction ${receipt.transactionHash} deployed nothing at ${address}. It ran out of gas, or what the contract asks at its deployment has changed since: run the command again.`,
  )
}

async function hasCode(client: AuspexClient, address: Address): Promise<boolean> {
  const code = await client.public.getCode({ address })
  return code !== undefined && code !== '0x'
}

/** The deployer swallows why a constructor refuses; a call without an address to send to says it. */
async function refuseInWords(client: AuspexClient, code: Hex): Promise<void> {
  await client.public.call({ data: code }).catch((error: unknown) => {
    throw explain(error)
  })
}
