/**
 * The folder below which the edge serves everything: `/`, or as in `/confab/` behind a proxy that has other
 * things beside it (`--base-path`). A page has it from its `<base>`, our worker by its name.
 */
export const base: string =
  typeof document === 'undefined' ? inWorker() : new URL(document.baseURI).pathname.replace(/[^/]*$/, '');

function inWorker(): string {
  const { name = '' } = globalThis as { name?: string };
  return name.startsWith('/') ? name : '/';
}
