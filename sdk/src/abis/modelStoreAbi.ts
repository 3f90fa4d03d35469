/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const modelStoreAbi = [
  {
    inputs: [
      { name: 'term', type: 'string' },
      { name: 'actual', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'ModelOutOfBounds',
    type: 'error',
  },
  {
    inputs: [
      { name: 'size', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'PartOutOfBounds',
    type: 'error',
  },
  {
    inputs: [
      { name: 'count', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'PartsOutOfBounds',
    type: 'error',
  },
  { inputs: [{ name: 'model', type: 'bytes32' }], name: 'UnknownModel', type: 'error' },
  { inputs: [{ name: 'part', type: 'address' }], name: 'UnknownPart', type: 'error' },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'WrongInputs',
    type: 'error',
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: 'model', type: 'bytes32' },
      { indexed: true, name: 'publisher', type: 'address' },
      { indexed: false, name: 'inputs', type: 'uint256' },
      { indexed: false, name: 'size', type: 'uint256' },
    ],
    name: 'ModelPublished',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: 'part', type: 'address' },
      { indexed: true, name: 'writer', type: 'address' },
    ],
    name: 'PartWritten',
    type: 'event',
  },
  {
    inputs: [],
    name: 'PART_SIZE',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'model', type: 'bytes32' },
      { name: 'inputs', type: 'int256[]' },
    ],
    name: 'evaluate',
    outputs: [{ name: 'value', type: 'int104' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'model', type: 'bytes32' }],
    name: 'inputsOf',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'part', type: 'address' }],
    name: 'isPart',
    outputs: [{ name: '', type: 'bool' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'model', type: 'bytes32' }],
    name: 'modelOf',
    outputs: [{ name: '', type: 'bytes' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'parts', type: 'address[]' }],
    name: 'publish',
    outputs: [{ name: 'model', type: 'bytes32' }],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [{ name: 'data', type: 'bytes' }],
    name: 'write',
    outputs: [{ name: 'part', type: 'address' }],
    stateMutability: 'nonpayable',
    type: 'function',
  },
] as const
