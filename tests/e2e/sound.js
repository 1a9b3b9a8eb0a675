// Whether the vault holds, asked of the extension's own checks in one of its pages.

// What is wrong with it in words, or null: chain, records, signatures, and the picture of each record.
export const faultOf = (own) => own.evaluate(async () => {
  const [keeper, signing, store, camera] = await Promise.all(
    ["keeper.js", "signing.js", "store.js", "camera.js"].map((file) => import(chrome.runtime.getURL(file))));
  const { cases, records, chain, chains, keys, pictures } = await store.everything();
  const fault = await keeper.vaultFault({ cases, records, chain, chains });
  if (fault) return fault;
  const pems = keys.map(({ pem }) => pem);
  for (const entry of chain) if (!entry.key || !(await signing.isSigned(entry, pems))) return `entry ${entry.seq} is not signed`;
  for (const { id, sha256 } of records) {
    if (!pictures.has(id)) return `the picture of ${id} is missing`;
    if ((await camera.digestOf(pictures.get(id))) !== sha256) return `the picture of ${id} is another`;
  }
  return pictures.size === records.length ? null : "there is a picture without a record";
});
