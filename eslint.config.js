import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import typescript from 'typescript-eslint';

// The layers of docs/architecture.md: arrows only point down, and nothing else crosses.
const layers = {
  model: ['adapter', 'adapters', 'operations', 'elements', 'parts', 'locales', 'import', 'export'],
  adapter: ['adapters', 'operations', 'elements', 'parts', 'locales', 'import', 'export'],
  adapters: ['operations', 'elements', 'parts', 'locales', 'import', 'export'],
  operations: ['adapters', 'elements', 'parts', 'locales', 'import', 'export'],
  import: ['adapter', 'adapters', 'operations', 'elements', 'parts', 'locales', 'export'],
  export: ['adapter', 'adapters', 'operations', 'elements', 'parts', 'locales'],
  locales: ['adapter', 'adapters', 'operations', 'elements', 'parts', 'import', 'export', 'model'],
  parts: ['adapters', 'elements', 'import', 'export'],
  elements: ['adapters'],
};

const layerRules = Object.entries(layers).map(([layer, forbidden]) => ({
  files: [`src/${layer}/**/*.ts`],
  // The provider's shortcut for plain HTML is the one element module that may reach an adapter.
  ignores: ['src/elements/customer-provider/supabase-shortcut.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
            message: `src/${layer} must not import from there; see docs/architecture.md.`,
          },
          ...(layer === 'adapters'
            ? []
            : [{ regex: '^@supabase/', message: 'Only an adapter knows supabase-js.' }]),
        ],
      },
    ],
  },
}));

export default typescript.config(
  { ignores: ['dist/', 'storybook-static/', 'demo/generated/', '.local/', 'node_modules/'] },
  js.configs.recommended,
  ...typescript.configs.strict,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  {
    files: ['src/**/*.ts', 'stories/**/*.ts'],
    ...lit.configs['flat/recommended'],
  },
  {
    files: ['src/**/*.ts'],
    ...wc.configs['flat/recommended'],
  },
  {
    files: ['src/**/*.ts', 'stories/**/*.ts'],
    plugins: { 'lit-a11y': litA11y },
    rules: litA11y.configs.recommended.rules,
  },
  {
    files: ['scripts/**', 'bench/**', '.storybook/**', '*.js'],
    rules: { 'no-console': 'off' },
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  ...layerRules,
);
