import type {
  Account,
  Address,
  Chain,
  Hex,
  PublicClient,
  TransactionReceipt,
  Transport,
  TypedDataDefinition,
  WalletClient,
} from 'viem'

/** A call to be sent: nothing in Auspex takes the chain's own coin. */
export type Transaction = { to: Address; data: Hex; gas?: bigint }

/** Broadcasts a transaction and waits until it is mined, reverted or not. */
export type Send = (transaction: Transaction) => Promise<TransactionReceipt>

/** Signs typed data with the account's key. */
export type SignTypedData = (data: TypedDataDefinition) => Promise<Hex>

/** What every action and read takes first. */
export type AuspexClient = {
  chainId: number
  /** The network contract. */
  network: Address
  /** The money of the network; read from the contract if omitted. */
  token?: Address
  /** Where logs are searched from: the block the network was deployed in, or any later one. */
  fromBlock: bigint
  public: PublicClient
  /** Whom transactions come from. Absent in clients that only read. */
  account?: Address
  /** Whether a write is tried by a call first, which turns a refusal into words before it costs. */
  simulate: boolean
  send: Send
  signTypedData: SignTypedData
  /** Chain time, unix seconds: the time that a transaction sent now would run at. */
  now: () => Promise<bigint>
}

export type AuspexOptions = {
  network: Address
  token?: Address
  fromBlock?: bigint
  publicClient: PublicClient
  /** Signs and sends. Without it, and without a `send` of your own, the client only reads. */
  walletClient?: WalletClient<Transport, Chain | undefined, Account | undefined>
  /** Taken from the wallet client if omitted. */
  account?: Address
  /** Asked of the chain if omitted. */
  chainId?: number
  /** Off saves one call a transaction; a revert is then explained after it happened. */
  simulate?: boolean
  /** Your own way to the chain, a transaction queue for example; the wallet client is then not asked. */
  send?: Send
  signTypedData?: SignTypedData
  now?: () => Promise<bigint>
}

/** Makes a client of viem clients, or of a `send` of your own. */
export async function createAuspex(options: AuspexOptions): Promise<AuspexClient> {
  const { publicClient, walletClient, token } = options
  const account = options.account ?? walletClient?.account?.address

  return {
    chainId: options.chainId ?? publicClient.chain?.id ?? (await publicClient.getChainId()),
    network: options.network,
    ...(token !== undefined && { token }),
    fromBlock: options.fromBlock ?? 0n,
    public: publicClient,
    ...(account !== undefined && { account }),
    simulate: options.simulate ?? true,
    send: options.send ?? sendWith(publicClient, walletClient),
    signTypedData: options.signTypedData ?? signWith(walletClient),
    now: options.now ?? clockOf(publicClient),
  }
}

/** Whom a client's transactions come from. */
export function accountOf({ account }: AuspexClient): Address {
  if (account === undefined) throw new Error('This client has no account: give one to createAuspex')
  return account
}

function sendWith(publicClient: PublicClient, walletClient: AuspexOptions['walletClient']): Send {
  return async (transaction) => {
    const { wallet, account } = signing(walletClient)
    const { chain } = wallet
    const hash = await wallet.sendTransaction({ ...transaction, account, chain: chain ?? null })
    return publicClient.waitForTransactionReceipt({ hash })
  }
}

function signWith(walletClient: AuspexOptions['walletClient']): SignTypedData {
  return async (data) => {
    const { wallet, account } = signing(walletClient)
    return wallet.signTypedData({ ...data, account })
  }
}

function signing(wallet: AuspexOptions['walletClient']) {
  if (wallet?.account === undefined) {
    throw new Error('This client only reads: give createAuspex a walletClient with an account')
  }
  return { wallet, account: wallet.account }
}

/** Who asks while an answer is under way shares it: a node of many topics looks at the clock once, not once a topic. */
function clockOf(publicClient: PublicClient): () => Promise<bigint> {
  let asked: Promise<bigint> | undefined
  return () => {
    asked ??= pendingTime(publicClient).finally(() => {
      asked = undefined
    })
    return asked
  }
}

/** The pending block has the time of the next transaction, also on chains that only mine on demand. */
async function pendingTime(publicClient: PublicClient): Promise<bigint> {
  const pending = await publicClient.getBlock({ blockTag: 'pending' }).catch(() => undefined)
  const block = pending ?? (await publicClient.getBlock())
  return block.timestamp
}
