// Writes src/client/gen from ../protocol/src/main/proto. The result is committed, so that the page can be
// worked on without Maven; run this when a .proto changes. With --check it writes nothing, and ends with 1
// when what is committed is not what would be written. protoc is taken from $PROTOC, else from the local
// repository of Maven, which fetches it when it is not there.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = join(root, 'target/generate');
const GENERATED = 'confab/v1/control_pb.ts';

const SYSTEMS = { linux: 'linux', darwin: 'osx', win32: 'windows' };
const PROCESSORS = { x64: 'x86_64', arm64: 'aarch_64' };

/** The same protoc as that of the Java classes. */
function protoc() {
  if (process.env.PROTOC) return process.env.PROTOC;
  const [, version] = /<protobuf\.version>([^<]+)</.exec(readFileSync(join(root, '../pom.xml'), 'utf8'));
  const platform = `${SYSTEMS[process.platform]}-${PROCESSORS[process.arch]}`;
  const file = `protoc-${version}-${platform}.exe`;
  const repository = process.env.MAVEN_REPOSITORY ?? join(homedir(), '.m2/repository');
  const fetched = join(repository, 'com/google/protobuf/protoc', version, file);
  const copy = join(work, file);
  if (existsSync(fetched)) {
    copyFileSync(fetched, copy);
  } else {
    const artifact = `com.google.protobuf:protoc:${version}:exe:${platform}`;
    const options = ['-q', '-N', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${work}`];
    execFileSync('mvn', options, { cwd: root, stdio: 'inherit' });
  }
  chmodSync(copy, 0o755);
  return copy;
}

function generate(folder) {
  mkdirSync(folder, { recursive: true });
  const options = [
    `--plugin=protoc-gen-es=${join(root, 'node_modules/.bin/protoc-gen-es')}`,
    `--proto_path=${join(root, '../protocol/src/main/proto')}`,
    `--es_out=${folder}`,
    '--es_opt=target=ts',
    'confab/v1/control.proto',
  ];
  execFileSync(protoc(), options, { stdio: 'inherit' });
}

function written(folder) {
  return readFileSync(join(folder, GENERATED), 'utf8');
}

mkdirSync(work, { recursive: true });
const committed = join(root, 'src/client/gen');
if (!process.argv.includes('--check')) {
  generate(committed);
} else {
  const fresh = join(work, 'fresh');
  generate(fresh);
  if (written(fresh) !== written(committed)) {
    console.error('web-ui/src/client/gen is not what ../protocol makes of it; run: npm run generate');
    process.exit(1);
  }
}
