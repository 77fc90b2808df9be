// Puts beside each file of the page its compressed forms, which the edge hands out as they are.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

for (const file of await readdir('dist', { recursive: true, withFileTypes: true })) {
  if (!/\.(js|css|html|svg|wasm)$/.test(file.name)) continue;
  const path = join(file.parentPath, file.name);
  const content = await readFile(path);
  await writeFile(`${path}.br`, brotliCompressSync(content));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
}
