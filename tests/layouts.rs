//! The layouts of `crate/data/sites` against the saved pages: each selector names pages and how often it matches there.
//! `BLESS=1 cargo test --test layouts` counts anew and writes that into the files.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    reason = "a helper that fails is a test that fails"
)]

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use redress::order::plan_of;
use scraper::{Html, Selector};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

/// Saved pages a selector is held to, where more have it.
const ENOUGH: usize = 2;

struct Page {
    slug: String,
    /// Layout and kind of the page, as its address says; empty where the layout is.
    layout: (String, String),
    html: Html,
    never: Selector,
}

impl Page {
    /// How many elements match; those that are never read do not count, unless `all` are asked for.
    fn count(&self, selector: &Selector, all: bool) -> i64 {
        let found = self.html.select(selector).filter(|element| {
            let mut above = element.ancestors().filter_map(scraper::ElementRef::wrap);
            all || !(self.never.matches(element) || above.any(|above| self.never.matches(&above)))
        });
        i64::try_from(found.count()).unwrap()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crate/data/sites")
}

fn pages() -> Vec<Page> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut pages: Vec<Page> = fs::read_dir(root)
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let case: serde_json::Value =
                serde_json::from_str(&fs::read_to_string(path.join("case.json")).unwrap()).unwrap();
            let plan = plan_of(case["url"].as_str().unwrap())?;
            let kind = plan.page.code().to_owned();
            Some(Page {
                slug: path.file_name().unwrap().to_str().unwrap().to_owned(),
                layout: (plan.layout.to_owned(), kind),
                html: Html::parse_document(&String::from_utf8_lossy(
                    &fs::read(path.join("page.html")).unwrap(),
                )),
                never: Selector::parse(plan.never).unwrap(),
            })
        })
        .collect();
    pages.sort_by(|one, other| one.slug.cmp(&other.slug));
    pages
}

/// What is wrong with the counts of one selector; with `bless` they are counted anew instead.
fn judge(
    place: &str,
    way: &mut InlineTable,
    pages: &[&Page],
    all: bool,
    bless: bool,
    wrong: &mut Vec<String>,
) {
    let select = way.get("select").and_then(Value::as_str).unwrap().to_owned();
    if select.is_empty() {
        return;
    }
    let selector = Selector::parse(&select).unwrap_or_else(|error| panic!("{place}: {select}: {error}"));
    let named: BTreeMap<String, i64> = way
        .get("seen")
        .and_then(Value::as_inline_table)
        .into_iter()
        .flat_map(InlineTable::iter)
        .map(|(slug, count)| (slug.to_owned(), count.as_integer().unwrap()))
        .collect();
    let counts: BTreeMap<&str, i64> =
        pages.iter().map(|page| (page.slug.as_str(), page.count(&selector, all))).collect();
    if bless {
        let found = |slug: &&str| counts.get(*slug).is_some_and(|count| *count > 0);
        let kept = named.keys().map(String::as_str).filter(found);
        let others = counts.keys().copied().filter(|slug| found(slug) && !named.contains_key(*slug));
        let mut chosen: Vec<&str> = kept.chain(others).take(ENOUGH).collect();
        chosen.sort_unstable();
        let mut seen = InlineTable::new();
        for slug in chosen {
            seen.insert(slug, counts[slug].into());
        }
        way.insert("seen", Value::InlineTable(seen));
        return;
    }
    if named.is_empty() {
        wrong.push(format!("{place}: {select:?} names no saved page"));
    }
    for (slug, count) in named {
        let found = counts.get(slug.as_str()).copied();
        if found != Some(count) || count == 0 {
            wrong.push(format!("{place}: {select:?} in {slug}: {count} stated, {found:?} found"));
        }
    }
}

fn ways<'a>(table: &'a mut Table, key: &str) -> impl Iterator<Item = &'a mut InlineTable> + use<'a> {
    let ways = table.get_mut(key).and_then(Item::as_array_mut).map(Array::iter_mut);
    ways.into_iter().flatten().map(|way| way.as_inline_table_mut().unwrap())
}

fn tables<'a>(table: &'a mut Table, key: &str) -> impl Iterator<Item = &'a mut Table> + use<'a> {
    let tables = table.get_mut(key).and_then(Item::as_array_of_tables_mut);
    tables.into_iter().flat_map(toml_edit::ArrayOfTables::iter_mut)
}

fn name(table: &Table) -> String {
    table.get("name").and_then(Item::as_str).unwrap_or_default().to_owned()
}

fn judge_region(place: &str, region: &mut Table, pages: &[&Page], bless: bool, wrong: &mut Vec<String>) {
    let place = format!("{place}.{}", name(region));
    ways(region, "ways").for_each(|way| judge(&place, way, pages, false, bless, wrong));
    judge_fields(&place, region, pages, bless, wrong);
    tables(region, "region").for_each(|inner| judge_region(&place, inner, pages, bless, wrong));
}

fn judge_fields(place: &str, table: &mut Table, pages: &[&Page], bless: bool, wrong: &mut Vec<String>) {
    for field in tables(table, "field") {
        let place = format!("{place}.{}", name(field));
        ways(field, "ways").for_each(|way| judge(&place, way, pages, false, bless, wrong));
    }
}

fn layout_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter(|path| !path.ends_with("addresses.toml"))
        .collect();
    files.sort();
    files
}

/// A selector that matches nothing in any saved page is a guess that no test holds.
#[test]
fn every_selector_matches_the_pages_that_it_names() {
    let bless = env::var_os("BLESS").is_some();
    let pages = pages();
    let mut wrong = Vec::new();
    for path in layout_files() {
        let file = path.file_name().unwrap().to_str().unwrap();
        let mut document: DocumentMut = fs::read_to_string(&path).unwrap().parse().unwrap();
        let root = document.as_table_mut();
        let every: Vec<&Page> = pages.iter().collect();
        ways(root, "never").for_each(|way| judge(file, way, &every, true, bless, &mut wrong));
        judge_fields(file, root, &every, bless, &mut wrong);
        let layout = name(root);
        for page in tables(root, "page") {
            let kind = page.get("kind").and_then(Item::as_str).unwrap().to_owned();
            let place = format!("{file}: {kind}");
            let own: Vec<&Page> =
                pages.iter().filter(|page| page.layout == (layout.clone(), kind.clone())).collect();
            let badge = page.get("badge").and_then(Item::as_str).unwrap_or_default().to_owned();
            if !badge.is_empty() {
                let selector = Selector::parse(&badge).unwrap();
                if !own.iter().any(|page| page.count(&selector, false) > 0) {
                    wrong.push(format!("{place}: the badge's place {badge:?} is on no saved page"));
                }
            }
            judge_fields(&place, page, &own, bless, &mut wrong);
            tables(page, "region").for_each(|region| judge_region(&place, region, &own, bless, &mut wrong));
        }
        if bless {
            fs::write(&path, canonical(&document)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// There is one way to write a layout: its keys in one order, a list of one in one line, of several in several.
#[test]
fn layouts_are_in_their_canonical_form() {
    for path in layout_files() {
        let text = fs::read_to_string(&path).unwrap();
        let canonical = canonical(&text.parse().unwrap());
        let first = text.lines().zip(canonical.lines()).find(|(found, wanted)| found != wanted);
        assert!(
            text == canonical,
            "{}: {first:#?}\nBLESS=1 cargo test --test layouts writes it so",
            path.display()
        );
    }
}

/// The order of keys, of tables and of ways alike.
const KEYS: [&str; 13] = [
    "kind",
    "badge",
    "name",
    "keep",
    "never",
    "inline",
    "captcha_titles",
    "ways",
    "by",
    "select",
    "take",
    "grow",
    "seen",
];

fn canonical(document: &DocumentMut) -> String {
    let mut out = String::new();
    print(document.as_table(), "", &mut out);
    // Comments after the last entry.
    out.push_str(document.trailing().as_str().unwrap_or_default().trim_end());
    format!("{}\n", out.trim_end())
}

/// The comments that stand before something. A blank line in front goes, one behind stays: such a comment is about more
/// than what follows it.
fn comments(raw: Option<&str>) -> String {
    let raw = raw.unwrap_or_default();
    let mut out: String = raw.trim().lines().map(|line| format!("{line}\n")).collect();
    if !out.is_empty() && raw.ends_with("\n\n") {
        out.push('\n');
    }
    out
}

fn print(table: &Table, path: &str, out: &mut String) {
    let rank =
        |key: &str| KEYS.iter().position(|known| *known == key).unwrap_or_else(|| panic!("{path}: {key}"));
    let mut plain: Vec<_> = table.iter().filter(|(_, item)| !item.is_array_of_tables()).collect();
    plain.sort_by_key(|(key, _)| rank(key));
    for (index, (key, item)) in plain.iter().enumerate() {
        let before = table.key(key).and_then(|key| key.leaf_decor().prefix()).and_then(|raw| raw.as_str());
        let before = comments(before);
        // The settings of a whole file stand apart from one another.
        if path.is_empty() && index > 0 {
            out.push('\n');
        }
        let _ = writeln!(out, "{before}{key} = {}", value(item.as_value().unwrap()));
    }
    for (key, item) in table.iter().filter(|(_, item)| item.is_array_of_tables()) {
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        for inner in item.as_array_of_tables().unwrap() {
            let before = comments(inner.decor().prefix().and_then(|raw| raw.as_str()));
            let _ = writeln!(out, "\n{before}[[{path}]]");
            print(inner, &path, out);
        }
    }
}

fn value(of: &Value) -> String {
    match of {
        Value::Array(array) => {
            let entries: Vec<String> = array.iter().map(value).collect();
            let tables = array.iter().all(Value::is_inline_table);
            if entries.len() > 1 && tables {
                format!("[\n{}]", entries.iter().map(|entry| format!("  {entry},\n")).collect::<String>())
            } else {
                format!("[{}]", entries.join(", "))
            }
        }
        Value::InlineTable(table) => {
            let mut pairs: Vec<_> = table.iter().collect();
            let rank = |key: &str| KEYS.iter().position(|known| *known == key).unwrap_or(KEYS.len());
            pairs.sort_by_key(|(key, _)| (rank(key), (*key).to_owned()));
            let pairs: Vec<_> = pairs.iter().map(|(key, of)| format!("{key} = {}", value(of))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::String(text) => {
            // As JSON writes it: with double quotes, and backslashes before those inside.
            serde_json::to_string(text.value()).unwrap()
        }
        other => other.to_string().trim().to_owned(),
    }
}
