// Runs a plan (crate/page/plan.rs) over a page and gives the snapshot. Never writes.
// Only what a field may hold leaves the page: see `keeps`. crate/cli/collect/mod.rs does the same over saved pages.
// It yields after each region of the page, as a card of a list, so that a long list can be read in several tasks; whoever goes on after
// the page has changed would mix two states of it.
globalThis.redressSteps = function* (plan, document, location, found) {
  const known = (plan.known ??= prepare(plan));
  // Our own badge must not end a line of the page.
  const hidden = new Set(document.querySelectorAll(`${plan.never}, redress-badge`));
  const within = new Map();
  const linesOf = new Map();
  hideOthers();

  function prepare({ words, inline, parameters }) {
    const set = (text, separator = "\n") => new Set(text.split(separator));
    const rows = (text) => text.split("\n").map((line) => line.split("\t"));
    // By their beginning: looking for each of them in each line would take too long.
    const contain = new Map();
    for (const key of set(words.contain)) {
      const start = key.slice(0, 3);
      contain.set(start, [...(contain.get(start) ?? []), key]);
    }
    return {
      contain, equal: set(words.equal), dates: set(words.dates), between: set(words.between), money: set(words.money), none: new Set(),
      label: new Map(rows(words.label)), trick: rows(words.trick),
      inline: set(inline, " "), parameters: set(parameters, " "), lines: new Map(),
    };
  }

  // What may leave the page of a text, for each kind of field (crate/data/sites/README.md).
  const keeps = {
    words: (text) => text,
    code: (text) => (/^[\w-]{1,40}$/.test(text) ? text : ""),
    known: (text) => (isLine(text) ? text : ""),
    mark: () => "yes",
    // Which tricks a message holds, and nothing of its words.
    trick(text) {
      const low = text.toLowerCase();
      return known.trick.filter(([, ...words]) => words.some((one) => low.includes(one))).map(([code]) => code);
    },
    // In words that are not known a date passes where at most `unknown` of them stand beside its numbers.
    dates(text, unknown = 0) {
      if (isLine(text)) return text;
      const masked = mask(text, known.dates, known.between, inDate);
      const numeric = /\p{N}[-/.:]\p{N}/u.test(masked.text.replaceAll(" ", ""));
      return masked.numbers && (numeric || masked.words || masked.unknown <= unknown) ? masked.text : "";
    },
    // Numbers beside a sign of money only.
    money(text) {
      const { text: masked } = mask(text, known.money, known.none, () => true);
      const isSign = (sign) => sign && (/\p{Alphabetic}/u.test(sign) || known.money.has(sign));
      let amounts = 0;
      const out = masked.replace(/\p{N}+(?:[.,'’٫٬]\p{N}+| \p{N}{3}(?!\p{N}))*/gu, (number, at) => {
        const before = masked.slice(0, at).replace(/[. ]+$/, "").at(-1);
        const rest = masked.slice(at + number.length);
        // What a number follows is the sign of the next amount.
        const after = !/^[^\p{N}*]{1,6}\p{N}/u.test(rest) && rest.trimStart()[0];
        if (!isSign(before) && !isSign(after)) return "*";
        amounts += 1;
        return number;
      });
      return amounts ? out : "";
    },
    // The first number, which may stand in groups. They are joined before a cut is looked for: it touches the last one only.
    id(text) {
      const [digits = ""] = /[0-9]+/.exec(uncut(text.replace(/([0-9]) (?=[0-9])/g, "$1"))) ?? [];
      return marked(text, digits.length > 9 && digits.length < 23 ? digits : "");
    },
    number(text) {
      const runs = uncut(text).split(/[^A-Za-z0-9-]+/);
      return marked(text, runs.filter((run) => /^[A-Z0-9-]{8,40}$/.test(run) && run.replace(/[^0-9]/g, "").length > 3).join(" "));
    },
    count(text) {
      const at = Math.max(...["x", "X", "×"].map((sign) => text.lastIndexOf(sign)));
      const rest = text.slice(at + 1).trim();
      return at >= 0 && /^\p{N}{1,5}$/u.test(rest) && !/\p{Alphabetic}$/u.test(text.slice(0, at)) ? `x${rest}` : "";
    },
    pieces: (text) => /^(\p{N}{1,5})(?![\p{N}.,])/u.exec(text)?.[0].replace(/^/, "x") ?? "",
    link(text) {
      const [path, query = ""] = text.split("#")[0].split("?");
      const kept = query.split("&").filter((pair) => known.parameters.has(/^(\w+)=[\w.-]{1,60}$/.exec(pair)?.[1]));
      return kept.length ? `${path}?${kept.join("&")}` : path;
    },
    row(text) {
      const label = labelOf(text);
      if (!label) return keeps.dates(text) || marked(text, runsOf(text, 16, 19)) || shape(text);
      const [, marks, value] = /^([ :：]*)(.*)$/s.exec(text.slice(label.end));
      const kept = marked(value, keeps[label.kind](value, 2));
      return kept && text.slice(0, label.end) + marks + kept;
    },
  };

  // Without the words that the dots of a cut touch: half a number is another number.
  const uncut = (text) => text.replace(/[A-Za-z0-9-]* *(?:…|\.\.)[A-Za-z0-9-]*/g, " ");

  const runsOf = (text, least, most) => uncut(text).split(/[^0-9]+/).filter((run) => run.length >= least && run.length <= most).join(" ");
  // "#" where nothing of a text that was cut may be kept: something stands there, and it is not known.
  const marked = (text, kept) => kept || (/…|\.\./.test(text) ? "#" : "");

  // That something with a number stands there, and nothing of it.
  function shape(text) {
    if (!/\p{N}/u.test(text)) return "";
    const runs = text.match(/\p{Alphabetic}+|\p{N}+|[^\p{Alphabetic}\p{N}]+/gu).slice(0, 40);
    return runs.map((run) => (/^\p{Alphabetic}/u.test(run) ? "*" : /^\p{N}/u.test(run) ? "#" : " ")).join("").trim();
  }

  // A day, a month, a part of a time, or a year, which begins with 20, or with 25 in Thailand. The last four bits of a
  // digit are its value in the scripts that the shop uses.
  function inDate(digits) {
    const [first, second] = digits.map((digit) => digit.codePointAt(0) & 15);
    return digits.length < 3 || (digits.length === 4 && first === 2 && (second === 0 || second === 5));
  }

  // Letters that are no known word and numbers that do not fit become "*". Words `between` pass and do not count.
  function mask(text, words, between, fits) {
    const masked = { words: 0, numbers: 0, unknown: 0 };
    masked.text = text.replace(/\p{Alphabetic}+|\p{N}+/gu, (run) => {
      const kind = /^\p{Alphabetic}/u.test(run) ? "words" : "numbers";
      if (between.has(run.toLowerCase()) && !words.has(run.toLowerCase())) return run;
      const passes = kind === "words" ? words.has(run.toLowerCase()) : fits([...run]);
      masked[passes ? kind : "unknown"] += 1;
      return passes ? run : "*";
    });
    return masked;
  }

  // The longest known label that begins a text and ends there, in a space or a colon.
  function labelOf(text) {
    let label;
    for (let end = 1; end <= Math.min(text.length, 60); end += 1) {
      if (end < text.length && !/[ :：]/.test(text[end])) continue;
      const kind = known.label.get(text.slice(0, end).toLowerCase());
      if (kind) label = { end, kind };
    }
    return label;
  }

  const fold = (text) => text.replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "").replace(/\s+/g, " ").trim();

  // Several fields look at one element.
  function lines(element) {
    if (!linesOf.has(element)) linesOf.set(element, split(element));
    return linesOf.get(element);
  }

  // The lines of an element; inline elements join, all others end a line.
  function split(element) {
    const all = [];
    let line = "";
    const end = () => {
      line = fold(line);
      if (line) all.push(line);
      line = "";
    };
    const walk = (node) => {
      for (let child = node.firstChild; child; child = child.nextSibling) {
        if (child.nodeType === 3) line += child.data;
        if (child.nodeType !== 1 || hidden.has(child)) continue;
        const block = !known.inline.has(child.localName);
        if (block) end();
        walk(child);
        if (block) end();
      }
    };
    walk(element);
    end();
    return all;
  }

  // The lines with known words. A label alone takes along a next line with a number.
  function runs(element) {
    return lines(element).flatMap((line, index, all) => {
      if (isLine(line)) return line;
      const label = labelOf(line);
      if (!label) return [];
      if (!/^[ :：]*$/.test(line.slice(label.end))) return keeps.row(line);
      const next = all[index + 1] ?? "";
      return /\p{N}/u.test(next) ? keeps.row(`${line} ${next}`) : [];
    });
  }

  // Whether a line may leave the page whole. The cards of a list and the looks at a page have most lines in common.
  function isLine(line) {
    if (known.lines.size > 5000) known.lines.clear();
    if (!known.lines.has(line)) known.lines.set(line, isKnown(line));
    return known.lines.get(line);
  }

  function isKnown(line) {
    const low = line.toLowerCase();
    if (known.equal.has(low.replace(/[ .:!…。]+$/, ""))) return true;
    for (let at = 0; at < low.length; at += 1)
      if (known.contain.get(low.slice(at, at + 3))?.some((key) => low.startsWith(key, at))) return true;
    return false;
  }

  function values(element, keep, attribute) {
    if (keep === "runs") return runs(element);
    return keeps[keep](attribute ? fold(element.getAttribute(attribute) ?? "") : keep === "mark" ? "" : lines(element).join(" "));
  }

  function isHidden(element) {
    if (!element) return false;
    if (!within.has(element)) within.set(element, hidden.has(element) || isHidden(element.parentElement));
    return within.get(element);
  }

  // Matches below an element and itself; "" is itself alone.
  function find(root, select) {
    if (!select) return [root];
    const all = [...root.querySelectorAll(select)];
    if (root !== document && root.matches(select)) all.unshift(root);
    return all.filter((at) => !isHidden(at));
  }

  // The digits after the first mark that a link has.
  function digitsAfter(href, marks) {
    const mark = marks.find((text) => href.includes(text));
    return mark ? /^[0-9]*/.exec(href.split(mark)[1])[0] : "";
  }

  function linked(element, marks) {
    return digitsAfter(element.getAttribute("href") ?? "", marks);
  }

  // On the page of one order a link to another one is not the order's, and neither is what stands around it: up to the
  // largest element that does not show the page's own number.
  function hideOthers() {
    const [marks, pages] = [plan.order_marks.split(" "), plan.order_pages.split(" ")];
    const own = digitsAfter(location.href, marks);
    if (!own) return;
    const isOwn = (link) => linked(link, marks) === own;
    const showsOwn = (at) => at.textContent.replaceAll(" ", "").includes(own) || [...at.querySelectorAll("[href]")].some(isOwn);
    for (let at of document.querySelectorAll("a[href]")) {
      const other = pages.some((part) => at.getAttribute("href").includes(part)) && linked(at, marks);
      if (!other || other === own || isHidden(at)) continue;
      while (at.parentElement && !at.parentElement.matches("html, body") && !showsOwn(at.parentElement)) at = at.parentElement;
      hidden.add(at);
    }
  }

  // From a match up to the largest element without matches of other keys.
  function grow(root, all, marks) {
    const keys = new Map();
    all.forEach((element, index) => {
      const key = marks.length ? linked(element, marks) : String(index);
      if (!key) return;
      for (let at = element; at !== root && !at.matches("html, body"); at = at.parentElement)
        keys.set(at, (keys.get(at) ?? key) === key ? key : "");
    });
    const top = (at) => (keys.get(at.parentElement) ? top(at.parentElement) : at);
    return [...new Set(all.filter((at) => keys.has(at)).map(top))];
  }

  // By the first way that matches; a match within a match is a part of it.
  function matches(root, [, ways]) {
    for (const [by, select, marks] of ways) {
      const all = find(root, select);
      let last;
      const outer = (marks ? grow(root, all, marks) : all).filter((at) => !last?.contains(at) && (last = at));
      if (last) return outer.slice(0, plan.most).map((at) => [at, by]);
    }
    return [];
  }

  // A region with those in it.
  function whole(at, region, by) {
    const inner = region[3].flatMap((one) => matches(at, one).map(([inside, way]) => whole(inside, one, way)));
    return { ...read(at, region, by), regions: inner };
  }

  function read(root, [name, , fields], by) {
    found?.(name, root);
    const cut = (text) => [...text].slice(0, plan.longest).join("");
    const all = fields.flatMap(([field, keep, ways]) => ways.map(([way, select, attribute]) => {
      // The same row twice is one.
      const seen = new Set();
      const again = (text) => seen.has(text) || !seen.add(text);
      const texts = find(root, select).filter((at) => keep !== "row" || !again(lines(at).join("\n"))).flatMap((at) => values(at, keep, attribute));
      return { name: field, by: way, values: texts.filter(Boolean).slice(0, plan.most).map(cut) };
    }));
    return { name, by, fields: all.filter((field) => field.values.length) };
  }

  const root = { ...read(document, plan.root, "address"), regions: [] };
  for (const region of plan.root[3]) {
    for (const [at, by] of matches(document, region)) {
      root.regions.push(whole(at, region, by));
      yield;
    }
  }
  return { address: location.href, layout: plan.layout, root };
};

// The same without a pause.
globalThis.redressCollect = (...page) => {
  const steps = redressSteps(...page);
  let step;
  do step = steps.next(); while (!step.done);
  return step.value;
};
