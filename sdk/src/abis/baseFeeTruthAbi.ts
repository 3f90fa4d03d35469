/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const baseFeeTruthAbi = [
  { inputs: [{ name: '', type: 'uint8' }], name: 'FieldNotPresentInBlockHeader', type: 'error' },
  { inputs: [], name: 'RLPInvalidEncoding', type: 'error' },
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
    stateMutability: 'pure',
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
    inputs: [],
    name: 'provableBlocks',
    outputs: [{ name: '', type: 'uint256' }],
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
      { name: '', type: 'uint8' },
      { name: '', type: 'int256' },
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
