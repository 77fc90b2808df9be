// Says which libraries are in the page: their licences in dist/licenses.txt, which an edge serves beside
// them, and a CycloneDX list in target/page.cdx.json. Fails where a library has another licence than those
// below, or where its text is missing. All comes from package-lock.json and what is installed, since Vite's
// own report leaves out what only workers import, such as the decoder, and npm's list some of the rest.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';

const ALLOWED = ['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/** Of packages that come without a licence, or hold the work of others. */
const TEXTS = {
  '@bufbuild/protobuf': ['../LICENSE', 'licenses/protobuf-varint.txt'],
  '@lit-labs/ssr-dom-shim': ['node_modules/lit/LICENSE'],
  'libopus-wasm': ['licenses/libopus.txt'],
};

const { name, version, packages } = JSON.parse(await readFile('package-lock.json', 'utf8'));
const libraries = Object.entries(packages)
  .filter(([folder, { dev }]) => folder !== '' && !dev)
  .map(([folder, entry]) => ({ ...entry, folder, name: folder.replace(/^.*node_modules\//, '') }));

function licencesOf(library) {
  const ids = library.license?.replace(/[()]/g, '').split(' AND ') ?? [];
  const strange = ids.filter((id) => !ALLOWED.includes(id));
  if (ids.length === 0 || strange.length > 0) {
    throw new Error(
      `${library.name} has the licence ${library.license}: third-party.mjs says which may be here`,
    );
  }
  return ids;
}

async function textOf(library) {
  const own = (await readdir(library.folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const files = [...own.map((file) => `${library.folder}/${file}`), ...(TEXTS[library.name] ?? [])];
  if (files.length === 0)
    throw new Error(`${library.name} has no text of its licence: name one in third-party.mjs`);
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const title = `${library.name} ${library.version} (${licencesOf(library).join(', ')})`;
  return [title, ...texts.map((text) => text.trim())].join('\n\n');
}

function component(library) {
  const purl = `pkg:npm/${library.name.replace('@', '%40')}@${library.version}`;
  const [algorithm, hash] = library.integrity.split('-');
  return {
    type: 'library',
    'bom-ref': purl,
    name: library.name,
    version: library.version,
    hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(hash, 'base64').toString('hex') }],
    licenses: [{ expression: licencesOf(library).join(' AND ') }],
    purl,
  };
}

const texts = await Promise.all(libraries.map(textOf));
const licences = ['The page holds these libraries.', ...texts].join(`\n\n${'-'.repeat(80)}\n\n`);
await writeFile('dist/licenses.txt', `${licences}\n`);

const metadata = { component: { type: 'application', 'bom-ref': name, name, version } };
const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata };
await mkdir('target', { recursive: true });
await writeFile(
  'target/page.cdx.json',
  `${JSON.stringify({ ...bom, components: libraries.map(component) }, null, 2)}\n`,
);
