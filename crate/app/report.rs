//! A report of how a page is read, for a person who repairs it. It holds the shape of the texts and never the texts.

use crate::{
    case::{CaseFile, Look},
    order,
    page::{Address, Field, Region, Strategy},
};

/// The most lines of a report, and the most characters of one shape.
const MOST_LINES: usize = 120;
const LONGEST: usize = 48;

/// The report of the look at the page in front, else of the last look.
pub fn report(file: Option<&CaseFile>, url: &str, extension_version: &str) -> String {
    let kind = |url: &str| Address::parse(url).ok().map(|address| address.kind());
    let looks = file.map(|file| file.looks.as_slice()).unwrap_or_default();
    let here = looks.iter().find(|look| kind(&look.snapshot.address) == kind(url));
    let mut lines = vec![format!("Redress {extension_version}")];
    if let Some(look) = here.or(looks.first()) {
        describe(look, &mut lines);
    }
    lines.truncate(MOST_LINES);
    lines.join("\n")
}

fn describe(look: &Look, lines: &mut Vec<String>) {
    let reading = order::read(&look.snapshot, look.at, look.today);
    lines.push(format!("layout: {}", look.snapshot.layout));
    lines.push(format!("page: {}", reading.page.code()));
    if let Ok(address) = Address::parse(&look.snapshot.address) {
        lines.push(format!("path: {}", without_digits(address.path())));
    }
    lines.push(format!("language: {}", reading.language.as_deref().unwrap_or("none")));
    for warning in &reading.warnings {
        lines.push(format!("warning: {} {}", warning.code.code(), warning.field));
    }
    for region in &look.snapshot.root.regions {
        region_lines(region, 0, lines);
    }
}

fn region_lines(region: &Region, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    lines.push(format!("{indent}{} by {}", region.name, way(region.by)));
    for Field { name, by, values } in &region.fields {
        let mut shapes: Vec<String> = Vec::new();
        for value in values {
            let shape = shape(value);
            if !shapes.contains(&shape) && shapes.len() < 4 {
                shapes.push(shape);
            }
        }
        lines.push(format!("{indent}  {name} by {}, {}: {}", way(*by), values.len(), shapes.join(" | ")));
    }
    for inner in &region.regions {
        region_lines(inner, depth + 1, lines);
    }
}

const fn way(by: Strategy) -> &'static str {
    match by {
        Strategy::Address => "address",
        Strategy::DataPl => "data_pl",
        Strategy::Link => "link",
        Strategy::Class => "class",
        Strategy::Prefix => "prefix",
        Strategy::Words => "words",
        Strategy::Place => "place",
    }
}

/// A text with its letters as `a`, its digits as `9`, and everything that is repeated once.
fn shape(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        let sign = match sign {
            _ if sign.is_alphabetic() => 'a',
            _ if sign.is_numeric() => '9',
            _ if sign.is_whitespace() => ' ',
            _ if sign.is_ascii_punctuation() => sign,
            _ => '?',
        };
        if !out.ends_with(sign) {
            out.push(sign);
        }
        if out.len() == LONGEST {
            break;
        }
    }
    out
}

/// A path whose runs of digits are one `9` each.
fn without_digits(path: &str) -> String {
    let mut out = String::new();
    for sign in path.chars() {
        if !sign.is_numeric() {
            out.push(sign);
        } else if !out.ends_with('9') {
            out.push('9');
        }
    }
    out
}
