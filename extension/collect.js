// Runs a plan (crate/page/plan.rs) over a page and gives the snapshot. Never writes.
// crate/cli/collect.rs does the same over saved pages.
globalThis.redressCollect = function (plan, document, location, found) {
  // The lines of an element; inline elements join, all others end a line.
  function lines(element) {
    const found = [];
    let line = "";
    const end = () => {
      line = line.replace(/\s+/g, " ").trim();
      if (line) found.push(line);
      line = "";
    };
    const walk = (node) => {
      for (const child of node.childNodes) {
        if (child.nodeName === "#text") line += child.data;
        if (!child.matches || child.matches(plan.never)) continue;
        const block = !child.matches(plan.inline);
        if (block) end();
        walk(child);
        if (block) end();
      }
    };
    walk(element);
    end();
    return found;
  }

  // The lines with known words. A label alone takes along a next line with a digit.
  function runs(element) {
    const { equal, start, contain } = plan.words;
    return lines(element).flatMap((line, index, all) => {
      const low = line.toLowerCase();
      const rests = start.filter((word) => low.startsWith(word)).map((word) => low.slice(word.length));
      if (rests.some((rest) => /^[ :：]*$/.test(rest))) {
        const next = all[index + 1];
        return /[0-9]/.test(next) ? `${line} ${next}` : [];
      }
      const known = rests.some((rest) => /^[ :：]/.test(rest)) || equal.includes(low);
      return known || contain.some((word) => low.includes(word)) ? line : [];
    });
  }

  function values(element, take) {
    if (take === "runs") return runs(element);
    return take === "text" ? lines(element).join(" ") : element.getAttribute(take.slice(1));
  }

  // Matches below an element and itself; "" is itself alone.
  function find(root, select) {
    if (!select) return [root];
    const found = [...root.querySelectorAll(select)];
    if (root !== document && root.matches(select)) found.unshift(root);
    return found.filter((at) => !at.closest(plan.never));
  }

  // The digits after the first mark that a link has.
  function linked(element, marks) {
    const href = element.getAttribute("href") ?? "";
    const mark = marks.find((text) => href.includes(text));
    return mark ? /^[0-9]*/.exec(href.split(mark)[1])[0] : "";
  }

  // From a match up to the largest element without matches of other keys.
  function grow(root, found, marks) {
    const keys = new Map();
    found.forEach((element, index) => {
      const key = marks.length ? linked(element, marks) : String(index);
      if (!key) return;
      for (let at = element; at !== root && !at.matches("html, body"); at = at.parentElement)
        keys.set(at, (keys.get(at) ?? key) === key ? key : "");
    });
    const top = (at) => (keys.get(at.parentElement) ? top(at.parentElement) : at);
    return [...new Set(found.filter((at) => keys.has(at)).map(top))];
  }

  // By the first way that matches; a match within a match is a part of it.
  function regions(root, region) {
    for (const { by, select, grow: marks } of region.ways) {
      const found = find(root, select);
      let last;
      const outer = (marks ? grow(root, found, marks) : found).filter((at) => !last?.contains(at) && (last = at));
      if (last) return outer.slice(0, plan.most).map((at) => read(at, region, by));
    }
    return [];
  }

  function read(root, region, by) {
    found?.(region.name, root);
    const cut = (text) => [...text].slice(0, plan.longest).join("");
    const fields = region.fields.flatMap(({ name, ways }) => ways.map(({ by, select, take }) => {
      const all = find(root, select).flatMap((at) => values(at, take));
      return { name, by, values: all.filter(Boolean).slice(0, plan.most).map(cut) };
    }));
    return {
      name: region.name,
      by,
      fields: fields.filter((field) => field.values.length),
      regions: region.regions.flatMap((inner) => regions(root, inner)),
    };
  }

  return { address: location.href, layout: plan.layout, root: read(document, plan.root, "address") };
};
