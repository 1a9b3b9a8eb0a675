// A folder in memory with the interfaces of the browser's own (FileSystemDirectoryHandle), which can be cut off at any write.

export class Cut extends Error {}

class MemoryFile {
  kind = "file";

  constructor(folder, name, bytes = new Uint8Array()) {
    Object.assign(this, { folder, name, bytes });
  }

  async getFile() {
    return new Blob([this.bytes]);
  }

  // As in the browser: the file itself changes when all is written.
  async createWritable() {
    const parts = [];
    return {
      write: async (content) => { parts.push(content); },
      abort: async () => {},
      close: async () => {
        this.folder.spend();
        this.bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      },
    };
  }
}

export class MemoryFolder {
  kind = "directory";
  // How many changes there are until the power goes; they are those of the whole tree.
  power = { left: Infinity };

  constructor(name = "", parent = null) {
    Object.assign(this, { name, held: new Map(), ...(parent && { power: parent.power }) });
  }

  spend() {
    if (this.power.left <= 0) throw new Cut();
    this.power.left -= 1;
  }

  async *entries() {
    yield* [...this.held];
  }

  async getDirectoryHandle(name, { create = false } = {}) {
    return this.#of(name, "directory", create && (() => new MemoryFolder(name, this)));
  }

  async getFileHandle(name, { create = false } = {}) {
    return this.#of(name, "file", create && (() => new MemoryFile(this, name)));
  }

  #of(name, kind, make) {
    if (!this.held.has(name)) {
      if (!make) throw new DOMException("not there", "NotFoundError");
      this.spend();
      this.held.set(name, make());
    }
    const found = this.held.get(name);
    if (found.kind !== kind) throw new DOMException("another kind", "TypeMismatchError");
    return found;
  }

  async removeEntry(name) {
    this.spend();
    if (!this.held.delete(name)) throw new DOMException("not there", "NotFoundError");
  }

  // For the tests: what a program beside the browser does.
  folder(name) {
    if (!this.held.has(name)) this.held.set(name, new MemoryFolder(name, this));
    return this.held.get(name);
  }

  put(name, bytes) {
    this.held.set(name, new MemoryFile(this, name, bytes));
  }

  // The files by name.
  files() {
    return new Map([...this.held].filter(([, { kind }]) => kind === "file").map(([name, { bytes }]) => [name, bytes]));
  }
}
