//! `crate/data/sites`: which address is which page, and where on the page each fact stands.

use std::path::Path;

use serde::Deserialize;

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Addresses {
    hosts: Vec<String>,
    order_id: Vec<String>,
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
    never: Vec<String>,
    inline: Vec<String>,
    captcha_titles: Vec<String>,
    field: Vec<Field>,
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
    ways: Vec<Way>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Way {
    by: String,
    select: String,
    #[serde(default = "text")]
    take: String,
    grow: Option<Vec<String>>,
}

fn text() -> String {
    "text".to_owned()
}

/// Checks the folder and writes `sites.rs`.
pub(crate) fn compile() -> Result<(), String> {
    let folder = Path::new(FOLDER);
    let addresses: Addresses = parse(&folder.join("addresses.toml"))?;
    let common: Common = parse(&folder.join("common.toml"))?;
    let layout: Layout = parse(&folder.join("current.toml"))?;
    canonical("common.toml: never", &common.never)?;
    canonical("common.toml: inline", &common.inline)?;
    canonical("common.toml: captcha_titles", &common.captcha_titles)?;

    let mut plans = vec![plan("", "unknown", "", &common.field, &[], &[])?];
    for page in &layout.page {
        plans.push(plan(&layout.name, &page.kind, &page.badge, &common.field, &page.field, &page.region)?);
    }
    let out = [
        address_table(&addresses, &layout)?,
        format!("pub(crate) static NEVER: &str = {:?};\n", common.never.join(", ")),
        format!("pub(crate) static INLINE: &str = {:?};\n", common.inline.join(", ")),
        format!("pub(crate) static CAPTCHA_TITLES: &[&str] = {};\n", strings(&common.captcha_titles)),
        format!("pub(crate) static PLANS: &[PlannedPage] = {};\n", slice(plans)),
    ]
    .concat();
    write("sites.rs", &out)
}

fn address_table(addresses: &Addresses, layout: &Layout) -> Result<String, String> {
    let place = "addresses.toml";
    canonical(&format!("{place}: hosts"), &addresses.hosts)?;
    canonical(&format!("{place}: order_id"), &addresses.order_id)?;
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
        if !page.layout.is_empty()
            && (page.layout != layout.name || layout.page.iter().all(|planned| planned.kind != page.kind))
        {
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
    Ok(format!(
        "pub(crate) static HOSTS: &[&str] = {};\npub(crate) static ORDER_ID: &[&str] = {};\n\
         pub(crate) static CAPTCHA: &[&str] = {};\npub(crate) static PAGES: &[PageRule] = {};\n",
        strings(&addresses.hosts),
        strings(&addresses.order_id),
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
    Ok(format!(
        "PlannedPage{{layout:{layout:?},page:{},badge:{badge:?},root:RegionPlan{{name:\"page\",ways:&[],fields:{},regions:{}}}}}",
        kind(page),
        slice(fields),
        slice(regions)
    ))
}

fn region(place: &str, region: &Region) -> Result<String, String> {
    let place = format!("{place}.{}", region.name);
    let ways = ways(&place, &region.ways)?;
    let fields = region.field.iter().map(|f| field(&place, f)).collect::<Result<Vec<_>, _>>()?;
    let regions = region.inner.iter().map(|r| self::region(&place, r)).collect::<Result<Vec<_>, _>>()?;
    Ok(format!(
        "RegionPlan{{name:{:?},ways:{ways},fields:{},regions:{}}}",
        region.name,
        slice(fields),
        slice(regions)
    ))
}

fn field(place: &str, field: &Field) -> Result<String, String> {
    let place = format!("{place}.{}", field.name);
    if let Some(way) = field.ways.iter().find(|way| way.grow.is_some()) {
        return Err(format!("{place}: {:?}: only a region can grow", way.select));
    }
    Ok(format!("FieldPlan{{name:{:?},ways:{}}}", field.name, ways(&place, &field.ways)?))
}

fn ways(place: &str, ways: &[Way]) -> Result<String, String> {
    if ways.is_empty() {
        return Err(format!("{place}: no way to find it"));
    }
    let rank = |way: &Way| STRATEGIES.iter().position(|name| *name == way.by);
    let mut out = Vec::new();
    for way in ways {
        known(place, "by", &way.by, &STRATEGIES)?;
        selector(place, &way.select)?;
        if !matches!(way.take.as_str(), "text" | "runs") && !way.take.starts_with('@') {
            return Err(format!("{place}: take {:?} is none of text, runs, @attribute", way.take));
        }
        let grow =
            way.grow.as_ref().map_or_else(|| "None".to_owned(), |marks| format!("Some({})", strings(marks)));
        out.push(format!(
            "Way{{by:Strategy::{},select:{:?},take:{:?},grow:{grow}}}",
            camel(&way.by),
            way.select,
            way.take
        ));
    }
    match ways.windows(2).find(|pair| matches!(pair, [first, second] if rank(first) > rank(second))) {
        Some(_) => Err(format!("{place}: ways stand from the most to the least trusted: {STRATEGIES:?}")),
        None => Ok(slice(out)),
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
