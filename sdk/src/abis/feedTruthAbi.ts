/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const feedTruthAbi = [
  {
    inputs: [
      { name: 'aggregator_', type: 'address' },
      { name: 'heartbeat_', type: 'uint256' },
    ],
    stateMutability: 'nonpayable',
    type: 'constructor',
  },
  {
    inputs: [
      { name: 'feed', type: 'address' },
      { name: 'latest', type: 'uint80' },
    ],
    name: 'FeedWithoutHistory',
    type: 'error',
  },
  { inputs: [], name: 'OutOfGas', type: 'error' },
  {
    inputs: [
      { name: 'decimals', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'TooManyDecimals',
    type: 'error',
  },
  { inputs: [], name: 'ZeroHeartbeat', type: 'error' },
  {
    inputs: [],
    name: 'aggregator',
    outputs: [{ name: '', type: 'address' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'definition',
    outputs: [
      {
        components: [
          { name: 'question', type: 'uint8' },
          { name: 'source', type: 'address' },
          { name: 'id', type: 'bytes32' },
          { name: 'window', type: 'uint256' },
          { name: 'samples', type: 'uint256' },
          { name: 'size', type: 'uint256' },
          { name: 'tolerance', type: 'uint256' },
          { name: 'unit', type: 'string' },
        ],
        name: '',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'firstPhase',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'heartbeat',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'isTruthSource',
    outputs: [{ name: '', type: 'bytes4' }],
    stateMutability: 'pure',
    type: 'function',
  },
  {
    inputs: [{ name: 'targetTime', type: 'uint256' }],
    name: 'proofOf',
    outputs: [{ name: 'proof', type: 'bytes' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'scale',
    outputs: [{ name: '', type: 'int256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: '', type: 'bytes32' },
      { name: '', type: 'uint256' },
      { name: 'targetTime', type: 'uint256' },
      { name: 'proof', type: 'bytes' },
    ],
    name: 'truthOf',
    outputs: [
      { name: 'status', type: 'uint8' },
      { name: 'value', type: 'int256' },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: '', type: 'bytes32' }],
    name: 'truthSecurity',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'pure',
    type: 'function',
  },
] as const
