/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const optimisticOracleAbi = [
  {
    inputs: [
      { name: 'claim', type: 'bytes' },
      { name: 'asserter', type: 'address' },
      { name: 'callbackRecipient', type: 'address' },
      { name: 'escalationManager', type: 'address' },
      { name: 'liveness', type: 'uint64' },
      { name: 'currency', type: 'address' },
      { name: 'bond', type: 'uint256' },
      { name: 'identifier', type: 'bytes32' },
      { name: 'domainId', type: 'bytes32' },
    ],
    name: 'assertTruth',
    outputs: [{ name: 'assertionId', type: 'bytes32' }],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'defaultIdentifier',
    outputs: [{ name: '', type: 'bytes32' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      { name: 'assertionId', type: 'bytes32' },
      { name: 'disputer', type: 'address' },
    ],
    name: 'disputeAssertion',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [{ name: 'currency', type: 'address' }],
    name: 'getMinimumBond',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [{ name: 'assertionId', type: 'bytes32' }],
    name: 'settleAssertion',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
] as const
