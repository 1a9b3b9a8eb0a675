// What the extension's database holds, read in one of our own pages.

// All cases, records and chain entries; of each picture its key, type, size and digest.
export function vault(own) {
  return own.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open("redress");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = async () => {
      const database = opening.result;
      const answer = (request) => new Promise((got, lost) => { request.onsuccess = () => got(request.result); request.onerror = () => lost(request.error); });
      const store = (name) => database.transaction(name).objectStore(name);
      const [cases, records, chain] = await Promise.all(["cases", "records", "chain"].map((name) => answer(store(name).getAll())));
      const keys = await answer(store("pictures").getAllKeys());
      const pictures = await Promise.all(keys.map(async (key) => {
        const picture = await answer(store("pictures").get(key));
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await picture.arrayBuffer()));
        return { id: key, type: picture.type, size: picture.size, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") };
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
