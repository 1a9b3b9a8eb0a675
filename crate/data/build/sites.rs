//! `crate/data/sites`: which address is which page, and where on the page each fact stands.

use std::{fs, path::Path};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::source::{camel, canonical, parse, slice, strings, write};

const FOLDER: &str = "crate/data/sites";
const KINDS: [&str; 10] = [
    "order_list",
    "order_detail",
    "tracking",
    "dispute_list",
    "dispute_detail",
    "chat",
    "snapshot",
    "login",
    "not_ours",
    "unknown",
];
const STRATEGIES: [&str; 7] = ["address", "data_pl", "link", "class", "prefix", "words", "place"];
const KEEPS: [&str; 13] = [
    "code", "count", "dates", "id", "link", "mark", "money", "number", "pieces", "row", "runs", "trick",
    "words",
];
/// The only fields whose words may be anything: what the seller or the shop wrote and the buyer wants to see.
const FREE: [&str; 6] = ["button", "dispute", "status", "status_button", "store", "title"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Addresses {
    hosts: Vec<String>,
    order_id: Vec<String>,
    line_id: Vec<String>,
    order_marks: Vec<String>,
    order_pages: Vec<String>,
    parameters: Vec<String>,
    captcha: Vec<String>,
    page: Vec<Page>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    kind: String,
    #[serde(default)]
    host: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    part: String,
    #[serde(default)]
    id_in_path: bool,
    #[serde(default)]
    layout: String,
    grade: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    never: Vec<Never>,
    inline: Vec<String>,
    captcha_titles: Vec<String>,
    field: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Never {
    select: String,
    #[serde(default, rename = "seen")]
    _seen: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    name: String,
    page: Vec<LayoutPage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutPage {
    kind: String,
    #[serde(default)]
    badge: String,
    #[serde(default)]
    field: Vec<Field>,
    region: Vec<Region>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    name: String,
    ways: Vec<Way>,
    #[serde(default)]
    field: Vec<Field>,
    #[serde(default, rename = "region")]
    inner: Vec<Region>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    name: String,
    keep: String,
    ways: Vec<Way>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Way {
    by: String,
    select: String,
    take: Option<String>,
    grow: Option<Vec<String>>,
    /// Saved pages and how often the selector matches there; `tests/layouts.rs` holds them to it.
    #[serde(default, rename = "seen")]
    _seen: toml::Table,
}

/// Checks the folder and writes `sites.rs`.
pub(crate) fn compile() -> Result<(), String> {
    let folder = Path::new(FOLDER);
    let addresses: Addresses = parse(&folder.join("addresses.toml"))?;
    let common: Common = parse(&folder.join("common.toml"))?;
    let layouts = layouts(folder)?;
    let never: Vec<&str> = common.never.iter().map(|never| never.select.as_str()).collect();
    canonical("common.toml: never", &never)?;
    canonical("common.toml: inline", &common.inline)?;
    canonical("common.toml: captcha_titles", &common.captcha_titles)?;

    let mut plans = vec![plan("", "unknown", "", &common.field, &[], &[])?];
    for layout in &layouts {
        for page in &layout.page {
            plans.push(plan(
                &layout.name,
                &page.kind,
                &page.badge,
                &common.field,
                &page.field,
                &page.region,
            )?);
        }
    }
    let out = [
        address_table(&addresses, &layouts)?,
        format!("pub(crate) static NEVER: &str = {:?};\n", never.join(", ")),
        format!("pub(crate) static INLINE: &str = {:?};\n", common.inline.join(" ")),
        format!("pub(crate) static CAPTCHA_TITLES: &[&str] = {};\n", strings(&common.captcha_titles)),
        format!("pub(crate) static PLANS: &[PlannedPage] = {};\n", slice(plans)),
    ]
    .concat();
    write("sites.rs", &out)
}

/// Every file of the folder but the two that hold for all layouts.
fn layouts(folder: &Path) -> Result<Vec<Layout>, String> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .map_err(|error| format!("{FOLDER}: {error}"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter(|path| !path.ends_with("addresses.toml") && !path.ends_with("common.toml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let layout: Layout = parse(path)?;
            if path.file_stem().is_none_or(|stem| stem.to_string_lossy() != layout.name) {
                return Err(format!(
                    "{}: the file is not named after its layout {:?}",
                    path.display(),
                    layout.name
                ));
            }
            Ok(layout)
        })
        .collect()
}

fn address_table(addresses: &Addresses, layouts: &[Layout]) -> Result<String, String> {
    let place = "addresses.toml";
    canonical(&format!("{place}: hosts"), &addresses.hosts)?;
    canonical(&format!("{place}: order_id"), &addresses.order_id)?;
    canonical(&format!("{place}: line_id"), &addresses.line_id)?;
    canonical(&format!("{place}: order_marks"), &addresses.order_marks)?;
    canonical(&format!("{place}: order_pages"), &addresses.order_pages)?;
    canonical(&format!("{place}: parameters"), &addresses.parameters)?;
    canonical(&format!("{place}: captcha"), &addresses.captcha)?;
    let keys: Vec<_> =
        addresses.page.iter().map(|page| format!("{} {} {}", page.host, page.path, page.part)).collect();
    canonical_pages(place, &keys)?;
    let mut rows = Vec::new();
    for page in &addresses.page {
        let entry = format!("{place}: page {:?}", [&page.host, &page.path, &page.part]);
        known(&entry, "kind", &page.kind, &KINDS)?;
        known(&entry, "grade", &page.grade, &["A", "B", "C"])?;
        if [&page.host, &page.path, &page.part].iter().filter(|text| !text.is_empty()).count() != 1 {
            return Err(format!("{entry}: give exactly one of host, path and part"));
        }
        let planned = |layout: &Layout| {
            layout.name == page.layout && layout.page.iter().any(|planned| planned.kind == page.kind)
        };
        if !page.layout.is_empty() && !layouts.iter().any(planned) {
            return Err(format!("{entry}: layout {:?} has no page {}", page.layout, page.kind));
        }
        rows.push(format!(
            "PageRule{{kind:{},host:{:?},path:{:?},part:{:?},id_in_path:{},layout:{:?}}}",
            kind(&page.kind),
            page.host,
            page.path.to_lowercase(),
            page.part,
            page.id_in_path,
            page.layout
        ));
    }
    let mut parameters = [&addresses.order_id[..], &addresses.line_id, &addresses.parameters].concat();
    parameters.sort();
    Ok(format!(
        "pub(crate) static HOSTS: &[&str] = {};\npub(crate) static ORDER_ID: &[&str] = {};\n\
         pub(crate) static LINE_ID: &[&str] = {};\npub(crate) static PARAMETERS: &str = {:?};\n\
         pub(crate) static ORDER_MARKS: &str = {:?};\npub(crate) static ORDER_PAGES: &str = {:?};\n\
         pub(crate) static CAPTCHA: &[&str] = {};\npub(crate) static PAGES: &[PageRule] = {};\n",
        strings(&addresses.hosts),
        strings(&addresses.order_id),
        strings(&addresses.line_id),
        parameters.join(" "),
        addresses.order_marks.join(" "),
        addresses.order_pages.join(" "),
        strings(&addresses.captcha),
        slice(rows)
    ))
}

fn canonical_pages(place: &str, keys: &[String]) -> Result<(), String> {
    match keys.windows(2).find(|pair| pair.first() >= pair.last()) {
        Some(pair) => Err(format!("{place}: page {:?} stands before {:?}", pair.first(), pair.last())),
        None => Ok(()),
    }
}

fn known(entry: &str, what: &str, value: &str, all: &[&str]) -> Result<(), String> {
    if all.contains(&value) { Ok(()) } else { Err(format!("{entry}: {what} {value:?} is none of {all:?}")) }
}

/// `order_list` → `PageKind::OrderList`.
fn kind(name: &str) -> String {
    format!("PageKind::{}", camel(name))
}

fn plan(
    layout: &str,
    page: &str,
    badge: &str,
    common: &[Field],
    own: &[Field],
    regions: &[Region],
) -> Result<String, String> {
    let place = format!("{layout}.toml: {page}");
    known(&place, "kind", page, &KINDS)?;
    let fields = common.iter().chain(own).map(|f| field(&place, f)).collect::<Result<Vec<_>, _>>()?;
    let regions = regions.iter().map(|r| region(&place, r)).collect::<Result<Vec<_>, _>>()?;
    let root = json!(["page", [], fields, regions]).to_string();
    Ok(format!("PlannedPage{{layout:{layout:?},page:{},badge:{badge:?},root:{root:?}}}", kind(page)))
}

fn region(place: &str, region: &Region) -> Result<Value, String> {
    let place = format!("{place}.{}", region.name);
    let ways = ways(&place, &region.ways)?;
    let fields = region.field.iter().map(|f| field(&place, f)).collect::<Result<Vec<_>, _>>()?;
    let regions = region.inner.iter().map(|r| self::region(&place, r)).collect::<Result<Vec<_>, _>>()?;
    if let Some(way) = region.ways.iter().find(|way| way.take.is_some()) {
        return Err(format!("{place}: {:?}: only a field takes anything", way.select));
    }
    Ok(json!([region.name, ways, fields, regions]))
}

fn field(place: &str, field: &Field) -> Result<Value, String> {
    let place = format!("{place}.{}", field.name);
    known(&place, "keep", &field.keep, &KEEPS)?;
    if field.keep == "words" && !FREE.contains(&field.name.as_str()) {
        return Err(format!("{place}: free words may leave the page in these fields only: {FREE:?}"));
    }
    if let Some(way) = field.ways.iter().find(|way| way.grow.is_some()) {
        return Err(format!("{place}: {:?}: only a region can grow", way.select));
    }
    Ok(json!([field.name, field.keep, ways(&place, &field.ways)?]))
}

fn ways(place: &str, ways: &[Way]) -> Result<Vec<Value>, String> {
    if ways.is_empty() {
        return Err(format!("{place}: no way to find it"));
    }
    let rank = |way: &Way| STRATEGIES.iter().position(|name| *name == way.by);
    let mut out = Vec::new();
    for way in ways {
        known(place, "by", &way.by, &STRATEGIES)?;
        selector(place, &way.select)?;
        if let Some(take) = way.take.as_ref().filter(|take| !take.starts_with('@')) {
            return Err(format!("{place}: take {take:?} is no @attribute"));
        }
        out.push(match (&way.take, &way.grow) {
            (Some(attribute), _) => json!([way.by, way.select, attribute.trim_start_matches('@')]),
            (None, Some(marks)) => json!([way.by, way.select, marks]),
            (None, None) => json!([way.by, way.select]),
        });
    }
    match ways.windows(2).find(|pair| matches!(pair, [first, second] if rank(first) > rank(second))) {
        Some(_) => Err(format!("{place}: ways stand from the most to the least trusted: {STRATEGIES:?}")),
        None => Ok(out),
    }
}

/// A first look at a selector; a test parses each one with a real engine.
fn selector(place: &str, text: &str) -> Result<(), String> {
    let count = |sign: char| text.matches(sign).count();
    let fine = text.trim() == text
        && !text.contains("  ")
        && count('[') == count(']')
        && count('(') == count(')')
        && count('"') % 2 == 0
        && !text.contains('\'');
    if fine { Ok(()) } else { Err(format!("{place}: selector {text:?} is not well formed")) }
}
