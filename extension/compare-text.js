// What differs between the texts of two captures: lines, each "what: words", and the words within a line that changed.
import { diffArrays } from "./diff.js";

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
// Lines of one label are two readings of one thing where they share so much of their letters.
const kin = 1 / 3;
// Beyond so many steps two lines have nothing in common that is worth showing.
const mostSteps = 1000;

const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
// An amount such as 12.99 is one word, also where a language has no spaces.
const wordsOf = (line) => Array.from(segmenter.segment(line), ({ segment }) => segment);
const labelOf = (line) => line.slice(0, line.indexOf(":") + 1);
const whole = (line) => [{ text: line, changed: true }];

// The pieces of a line of which the earlier and the later form share enough; null where they do not.
function pieces(was, is) {
  const steps = diffArrays(wordsOf(was), wordsOf(is), { maxEditLength: mostSteps });
  if (!steps) return null;
  const [label, side] = [labelOf(was).length, (skip) => steps.filter((step) => !step[skip]).map((step) => ({ text: step.value.join(""), changed: step.added || step.removed }))];
  const shared = steps.filter(({ added, removed }) => !added && !removed).reduce((sum, { value }) => sum + value.join("").length, 0) - label;
  const longest = Math.max(was.length, is.length) - label;
  return { before: side("added"), after: side("removed"), likeness: longest ? shared / longest : 1 };
}

// The form of a line among others that is most like it.
function partner(line, others) {
  const same = others.filter((other) => other && labelOf(other) === labelOf(line));
  const found = same.map((other) => ({ other, ...(pieces(line, other) ?? { likeness: -1 }) })).sort((a, b) => b.likeness - a.likeness)[0];
  // A label that stands once on each side is the same thing, whatever it says.
  const isOne = same.length === 1 && labelOf(line);
  return found && (found.likeness >= kin || isOne) ? found : null;
}

// Lines that are gone beside lines that are new.
function changes(removed, added) {
  const left = [...added];
  const out = removed.map((line) => {
    const found = partner(line, left);
    if (!found) return { before: whole(line), after: null };
    left.splice(left.indexOf(found.other), 1);
    const { other, before, after, likeness } = found;
    return likeness >= kin ? { before, after } : { before: whole(line), after: whole(other) };
  });
  return [...out, ...left.map((line) => ({ before: null, after: whole(line) }))];
}

// In the order of the texts: { same: lines } or { before, after }, each the pieces of a line as { text, changed }, or null where
// there is no such line.
export function textChanges(before, after) {
  const steps = diffArrays(linesOf(before), linesOf(after));
  const out = [];
  for (let at = 0; at < steps.length; at += 1) {
    const { value, added, removed } = steps[at];
    if (!added && !removed) {
      out.push({ same: value });
      continue;
    }
    const next = steps[at + 1];
    const isPair = next && next.added !== added && (next.added || next.removed);
    const beside = isPair ? next.value : [];
    out.push(...changes(removed ? value : beside, removed ? beside : value));
    if (isPair) at += 1;
  }
  return out;
}
