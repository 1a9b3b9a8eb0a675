// The parts of a picture that are covered, in device pixels of the original, and the way back from each change.

// A part does not get smaller than this, in device pixels.
const least = 8;

const between = (low, value, high) => Math.max(low, Math.min(value, high));

export class Covers {
  constructor({ width, height }) {
    Object.assign(this, { width, height, list: [], past: [], last: 0 });
  }

  // Whole pixels, within the picture.
  within({ left, top, width, height, ...rest }) {
    const wide = between(Math.min(least, this.width), Math.round(width), this.width);
    const high = between(Math.min(least, this.height), Math.round(height), this.height);
    return { ...rest, left: between(0, Math.round(left), this.width - wide), top: between(0, Math.round(top), this.height - high), width: wide, height: high };
  }

  // Adds a part, or puts it in the place of what it was before. Answers with its id.
  put(cover) {
    const kept = this.within({ ...cover, id: cover.id ?? (this.last += 1) });
    const known = this.list.some(({ id }) => id === kept.id);
    this.step(known ? this.list.map((one) => (one.id === kept.id ? kept : one)) : [...this.list, kept]);
    return kept.id;
  }

  remove(id) {
    this.step(this.list.filter((one) => one.id !== id));
  }

  step(next) {
    this.past.push(this.list);
    this.list = next;
  }

  undo() {
    this.list = this.past.pop() ?? this.list;
  }
}
