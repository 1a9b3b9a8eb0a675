// Several machines of one user and a folder that a sync service carries between them, late, in pieces, twice and in any order: in the
// end all hold the same. Each run follows from its seed, but for the ids and keys of its machines: `SEED=17 node --test
// tests/e2e/mirrors.test.js` repeats one.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { newMachine } from "./machine.js";

const runs = 200;
const orders = ["8200000000000001", "8200000000000002", "8200000000000003"];

function random(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (most) => Math.floor(next() * most), chance: (share) => next() < share, one: (list) => list[Math.floor(next() * list.length)] };
}

// What the sync service does to the copy that one machine has of another one's folder.
class Service {
  old = new Map();

  constructor(machines, dice) {
    Object.assign(this, { machines, dice });
  }

  // All that ever was in a machine's own folder: such files come back late.
  remember({ name, mirrored }) {
    this.old.set(name, new Map([...(this.old.get(name) ?? []), ...mirrored.files()]));
  }

  carry(from, to) {
    const { dice } = this;
    this.remember(from);
    const files = from.mirrored.files();
    const top = to.root.folder(dice.chance(0.1) ? "redress (1)" : "redress");
    const copy = top.folder(dice.chance(0.1) ? `${from.name} (1)` : from.name);
    for (const [name, bytes] of files) {
      if (dice.chance(0.3)) continue;
      copy.put(dice.chance(0.1) ? name.replace(/\./, " (conflicted copy 2026-11-26).") : name, bytes);
      // Some arrive in pieces.
      if (dice.chance(0.07)) copy.put(name, bytes.slice(0, dice.below(bytes.length + 1)));
    }
    for (const name of copy.files().keys()) if (!files.has(name) && dice.chance(0.5)) copy.held.delete(name);
    if (dice.chance(0.3)) this.litter(copy);
    if (dice.chance(0.3)) copy.put(...dice.one([...this.old.get(from.name)]) ?? ["late.txt", new Uint8Array()]);
  }

  litter(folder) {
    const part = `part-${"0".repeat(64)}`;
    for (const name of ["desktop.ini", ".DS_Store", "vault.tmp", `${part}.json`, `state-${"0".repeat(64)}.json.crswap`, "state-.json"]) folder.put(name, new Uint8Array(this.dice.below(40)));
    folder.folder("a folder").put("more.txt", new Uint8Array(4));
  }

  // Old files and copies turn up also in the folder that the machine itself writes.
  disturb(machine) {
    const before = [...(this.old.get(machine.name) ?? [])];
    if (!before.length) return;
    const [name, bytes] = this.dice.one(before);
    machine.mirrored.put(this.dice.chance(0.5) ? name : name.replace(/\./, " (2)."), bytes);
    // It can be one that the power had left empty. The worker that knew it as whole has ended by then.
    machine.whole = new Set();
  }

  // Everything has arrived; what lies beside it stays.
  settle() {
    for (const from of this.machines) {
      for (const to of this.machines.filter((one) => one !== from)) {
        const [files, copy] = [from.mirrored.files(), to.root.folder("redress").folder(from.name)];
        for (const name of copy.files().keys()) if (!files.has(name)) copy.held.delete(name);
        for (const [name, bytes] of files) copy.put(name, bytes);
      }
    }
  }
}

// What must be true in the end, as far as it does not depend on who knew what when.
class Truth {
  captured = new Set();
  deleted = new Set();
  events = new Map();
  takenBack = new Set();
  forgotten = new Map();
  said = new Map();
  stamps = new Set();
  unstamped = new Set();

  // What stands of an order, by its moments.
  say(order, at) {
    this.said.set(order, [...(this.said.get(order) ?? []), at]);
  }

  check({ vault, pictures, name }) {
    const ids = (list) => list.map(({ id }) => id).sort();
    assert.deepEqual(ids(vault.records), [...this.captured].filter((id) => !this.deleted.has(id)).sort(), `captures of ${name}`);
    assert.deepEqual([...pictures.keys()].sort(), ids(vault.records));
    const said = new Map(vault.cases.map((file) => [file.order_id, file.statements.map(({ at }) => at)]));
    for (const [at, order] of this.events) {
      if (this.takenBack.has(at)) assert.ok(!said.get(order)?.includes(at), `what was taken back is here again: ${at}`);
      else if (!(this.forgotten.get(order) >= at)) assert.ok(said.get(order)?.includes(at), `what was stated is lost: ${at}`);
    }
    for (const [order, moments] of this.said) {
      const last = Math.max(...moments.filter((at) => !this.takenBack.has(at)));
      // Where all was taken back, a file with nothing in it may stand or not.
      if (last === -Infinity) continue;
      if (this.forgotten.get(order) > last) assert.ok(!said.has(order), `a deleted order is here again: ${order}`);
      else assert.ok(said.has(order), `an order is lost: ${order}`);
    }
    assert.deepEqual(ids(vault.stamps), [...this.stamps].filter((id) => !this.unstamped.has(id)).sort());
  }
}

async function step(machine, { dice, truth, service, machines, clock }) {
  const order = dice.one(orders);
  const { records, cases, stamps, chain } = machine.vault;
  const actions = {
    async capture() { truth.captured.add(await machine.capture(order)); },
    async delete() {
      if (!records.length) return;
      const { id } = dice.one(records);
      truth.deleted.add(id);
      await machine.delete(id);
    },
    look() {
      truth.say(order, machine.look(order));
    },
    event() {
      const at = machine.state(order, "event.refund_offered", "yes");
      truth.events.set(at, order);
      truth.say(order, at);
    },
    answer() {
      truth.say(order, machine.state(order, "reason", dice.one(["not_received", "defective"])));
    },
    takeBack() {
      const said = cases.flatMap((file) => file.statements.map(({ at, topic }) => ({ at, topic, order: file.order_id }))).filter(({ topic }) => topic.startsWith("event."));
      if (!said.length) return;
      const { at, order: about } = dice.one(said);
      truth.takenBack.add(at);
      machine.unstate(about, at);
    },
    async forget() {
      for (const id of await machine.forget(order)) truth.deleted.add(id);
      truth.forgotten.set(order, clock.now);
    },
    stamp() {
      if (!chain.length) return;
      const id = machine.stamp();
      truth.stamps.add(id);
      truth.unstamped.delete(id);
    },
    unstamp() {
      if (!stamps.length) return;
      const { id } = dice.one(stamps);
      truth.unstamped.add(id);
      machine.unstamp(id);
    },
    mirror: () => machine.mirror(),
    cut: () => machine.mirror(dice.below(25)),
    carry: () => service.carry(machine, dice.one(machines.filter((one) => one !== machine))),
    disturb: () => service.disturb(machine),
    takeIn: () => machine.takeIn(),
  };
  // As often as they stand here.
  const often = "capture capture capture delete look look event event answer takeBack forget stamp unstamp mirror mirror mirror cut cut carry carry carry carry disturb takeIn takeIn";
  await actions[dice.one(often.split(" "))]();
}

const told = (machine) => ({
  records: machine.vault.records,
  cases: machine.vault.cases.map((file) => ({ ...file, statements: [...file.statements].sort((a, b) => a.at - b.at) })),
  marks: machine.vault.marks,
  stamps: machine.vault.stamps.map(({ id }) => id),
});

async function simulate(seed) {
  const dice = random(seed);
  const clock = Object.assign(() => (clock.now += 1), { now: 1_790_000_000_000 });
  const machines = await Promise.all(Array.from({ length: 3 + dice.below(2) }, () => newMachine(clock)));
  const service = new Service(machines, dice);
  const truth = new Truth();
  const all = { dice, truth, service, machines, clock };
  for (let count = 40 + dice.below(30); count; count -= 1) await step(dice.one(machines), all);

  // Everything arrives, and each takes in what the others hold, until nothing changes any more.
  let rounds = 0;
  do {
    for (const machine of machines) await machine.mirror();
    service.settle();
    for (const machine of machines) assert.deepEqual(await machine.takeIn(), [], "what is there in whole is taken");
    assert.ok((rounds += 1) < 10, "it goes on for ever");
  } while (machines.some(({ changes }) => changes));

  for (const machine of machines) {
    truth.check(machine);
    assert.deepEqual(told(machine), told(machines[0]));
    await machine.check();
    for (const { id, sha256 } of machine.vault.records) {
      assert.equal(createHash("sha256").update(Buffer.from(await machine.pictures.get(id).arrayBuffer())).digest("hex"), sha256);
    }
    assert.equal(await machine.mirror(), 0, "a mirror that is up to date is not written");
    const shown = new Set(machine.vault.records.map(({ sha256 }) => `picture-${sha256}.png`));
    const there = [...machine.mirrored.files().keys()].filter((name) => name.startsWith("picture-"));
    assert.deepEqual(there.sort(), [...shown].sort(), "deleted pictures are gone from the folder");
  }
  return { rounds, captured: truth.captured.size, entries: Math.max(...machines.map(({ vault }) => vault.chain.length)) };
}

const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: runs }, (_, at) => at + 1);

test(`${seeds.length} histories of several machines and one folder`, async () => {
  const seen = [];
  for (const seed of seeds) {
    seen.push(await simulate(seed).catch((error) => {
      throw new Error(`SEED=${seed}: ${error.message}`, { cause: error });
    }));
  }
  // The histories say something.
  if (seeds.length > 1) assert.ok(seen.reduce((sum, { captured }) => sum + captured, 0) > seeds.length * 4);
});
