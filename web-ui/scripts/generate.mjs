// Writes src/gen from ../protocol/src/main/proto. The result is committed; run this when a .proto changes.
// protoc is taken from $PROTOC, else fetched once from Maven Central.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const version = '4.36.2';
const platform = 'linux-x86_64';

function protoc() {
  if (process.env.PROTOC) return process.env.PROTOC;
  const directory = join(tmpdir(), 'protoc');
  const file = join(directory, `protoc-${version}-${platform}.exe`);
  if (!existsSync(file)) {
    const artifact = `com.google.protobuf:protoc:${version}:exe:${platform}`;
    execFileSync(
      'mvn',
      ['-q', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${directory}`],
      { stdio: 'inherit' },
    );
  }
  chmodSync(file, 0o755);
  return file;
}

mkdirSync(join(root, 'src/client/gen'), { recursive: true });
execFileSync(
  protoc(),
  [
    `--plugin=protoc-gen-es=${join(root, 'node_modules/.bin/protoc-gen-es')}`,
    `--proto_path=${join(root, '../protocol/src/main/proto')}`,
    `--es_out=${join(root, 'src/client/gen')}`,
    '--es_opt=target=ts',
    'confab/v1/control.proto',
  ],
  { stdio: 'inherit' },
);
