import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import ts from 'typescript-eslint'

export default defineConfig(
  {
    ignores: [
      'artifacts/',
      'cache/',
      'coverage/',
      'reports/',
      'sdk/src/abis/',
      '**/dist/',
      'docs/api/',
    ],
  },
  js.configs.recommended,
  ts.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // Chai's assertions are expressions.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name="closeTo"] > Literal[raw=/[.e]/]',
          message: 'Where a chain runs beside it, closeTo takes whole numbers only: expectNear.',
        },
      ],
    },
  },
  {
    // A CommonJS program, because Foundry starts it without a package.
    files: ['create/templates/**/*.cjs'],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', require: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)
