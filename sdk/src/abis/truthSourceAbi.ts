/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const truthSourceAbi = [
  {
    inputs: [],
    name: 'isTruthSource',
    outputs: [{ name: 'magic', type: 'bytes4' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
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
    inputs: [{ name: 'topic', type: 'bytes32' }],
    name: 'truthSecurity',
    outputs: [{ name: 'units', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
] as const
