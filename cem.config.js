// custom-elements.json: the reference that Storybook, editors and framework typings read.
import { readFileSync } from 'node:fs';

const tokens = readFileSync(new URL('src/parts/styles/tokens.ts', import.meta.url), 'utf8');

/** Each `var(--customers-…, default)` of the tokens: the look's public surface, the same for every element. */
const cssProperties = [...tokens.matchAll(/var\((--customers-[\w-]+), ((?:[^()]|\([^()]*\))*)\)/g)].map(
  ([, name, value]) => ({ name, default: value }),
);

function described(declared = []) {
  const names = new Set(cssProperties.map(({ name }) => name));
  return [
    ...cssProperties.map((property) => ({
      ...property,
      ...declared.find(({ name }) => name === property.name),
    })),
    ...declared.filter(({ name }) => !names.has(name)),
  ];
}

const isPublic = (member) => member.privacy === undefined || member.privacy === 'public';

/** What an embedder may use and nothing else: no private members, no state, no modules without an element. */
const publicSurface = {
  name: 'public-surface',
  packageLinkPhase({ customElementsManifest: manifest }) {
    for (const module of manifest.modules) {
      module.declarations = module.declarations.filter((declaration) => declaration.tagName);
      for (const element of module.declarations) {
        const members = (element.members ?? []).filter((member) => isPublic(member) && !member.static);
        const names = new Set(members.map((member) => member.name));
        element.members = members;
        element.attributes = (element.attributes ?? []).filter(
          ({ fieldName }) => fieldName === undefined || names.has(fieldName),
        );
        // The analyzer takes the base class's emit(name) for an event called "name".
        element.events = (element.events ?? []).filter((event) => event.description);
        if (element.tagName !== 'customer-provider') element.cssProperties = described(element.cssProperties);
        module.exports = [
          ...(module.exports ?? []).filter(({ declaration }) => declaration.name === element.name),
          {
            kind: 'custom-element-definition',
            name: element.tagName,
            declaration: { name: element.name, module: module.path },
          },
        ];
      }
    }
    manifest.modules = manifest.modules
      .filter((module) => module.declarations.length > 0)
      // Files are read in no order of their own.
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  },
};

export default {
  globs: ['src/elements/*/*.ts', 'src/parts/customers-element.ts'],
  exclude: ['src/elements/*/define.ts', 'src/elements/**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [publicSurface],
};
