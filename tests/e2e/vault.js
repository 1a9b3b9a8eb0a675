// What the extension's database holds, read in one of our own pages.

// All cases, records and chain entries; of each picture its key, type, size and digest. Fails where there is no database.
export function vault(own) {
  return own.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open("redress");
    // Whoever looks makes none.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = async () => {
      const database = opening.result;
      const answer = (request) => new Promise((got, lost) => { request.onsuccess = () => got(request.result); request.onerror = () => lost(request.error); });
      // At one moment: a worker may be writing.
      const names = ["cases", "records", "chain", "pictures"];
      const transaction = database.transaction(names);
      const store = (name) => transaction.objectStore(name);
      const [keys, cases, records, chain, blobs] = await Promise.all([answer(store("pictures").getAllKeys()), ...names.map((name) => answer(store(name).getAll()))]);
      const pictures = await Promise.all(blobs.map(async (picture, at) => {
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await picture.arrayBuffer()));
        return { id: keys[at], type: picture.type, size: picture.size, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") };
      }));
      database.close();
      done({ cases, records, chain, pictures });
    };
  }));
}

// The stored snapshot of an order at a kind of page, known by a part of its address; undefined where there is none.
export async function storedSnapshot(own, orderId, part) {
  const { cases } = await vault(own);
  return cases.find((file) => file.order_id === orderId)?.looks.map((look) => look.snapshot).find(({ address }) => address.includes(part));
}
