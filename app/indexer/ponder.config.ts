/* What Ponder follows: one network on one chain, named by `auspex explore` in the environment. */
import { topicNetworkAbi } from '../../sdk/src/abis/index.ts'
import { createConfig } from 'ponder'
import type { Abi, Address } from 'viem'

const { AUSPEX_RPC, AUSPEX_CHAIN, AUSPEX_NETWORK, AUSPEX_FROM, DATABASE_URL, PONDER_FOLDER } =
  process.env

export default createConfig({
  chains: {
    chain: { id: Number(AUSPEX_CHAIN), rpc: AUSPEX_RPC!, pollingInterval: 500 },
  },
  contracts: {
    TopicNetwork: {
      chain: 'chain',
      abi: topicNetworkAbi as Abi,
      address: AUSPEX_NETWORK as Address,
      startBlock: Number(AUSPEX_FROM ?? 0),
    },
  },
  database: DATABASE_URL
    ? { kind: 'postgres', connectionString: DATABASE_URL }
    : { kind: 'pglite', ...(PONDER_FOLDER && { directory: PONDER_FOLDER }) },
})
