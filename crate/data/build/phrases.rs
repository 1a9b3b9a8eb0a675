//! `crate/data/phrases` and `crate/data/currencies.toml`: the wordings that are recognised on pages.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

use crate::source::{camel, canonical, parse, slice, strings, write};

const FOLDER: &str = "crate/data/phrases";
const STATUSES: [&str; 10] = [
    "unpaid",
    "to_ship",
    "in_transit",
    "delivered",
    "completed",
    "cancelled",
    "expired",
    "in_dispute",
    "refunded",
    "unknown",
];
const STAGES: [&str; 13] = [
    "wait_seller",
    "wait_buyer",
    "mediation",
    "evidence_requested",
    "decision_proposed",
    "return_approved",
    "return_sent",
    "refund_processed",
    "decided_against",
    "appeal_pending",
    "withdrawn",
    "closed",
    "unknown",
];
const LABELS: [&str; 8] =
    ["placed", "paid", "shipped", "completed", "order_id", "estimate", "total", "tracking_number"];
const STARTS: [&str; 5] = ["placed", "paid", "shipped", "delivered", "confirmed"];
const PROMISES: [&str; 3] = ["refund_if_not_delivered_before", "open_dispute_within", "return_within"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    #[serde(rename = "language")]
    code: String,
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    fillers: Vec<String>,
    until: Vec<String>,
    caution: Vec<String>,
    units: Units,
    #[serde(default)]
    status: Vec<Phrase>,
    #[serde(default)]
    dispute: Vec<Phrase>,
    #[serde(default)]
    label: Vec<Phrase>,
    #[serde(default)]
    sentence: Vec<Phrase>,
    #[serde(default)]
    timer: Vec<Phrase>,
    #[serde(default)]
    button: Vec<Phrase>,
    #[serde(default)]
    free_return: Vec<Phrase>,
    #[serde(default)]
    delivered: Vec<Phrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    day: Vec<String>,
    hour: Vec<String>,
    minute: Vec<String>,
    second: Vec<String>,
}

/// One wording. Which of the optional keys it has depends on its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    text: String,
    grade: String,
    year: u16,
    means: Option<String>,
    stage: Option<String>,
    of: Option<String>,
    kind: Option<String>,
    from: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currencies {
    shared: Vec<String>,
    decimals: BTreeMap<String, Vec<String>>,
    signs: BTreeMap<String, Vec<String>>,
}

/// Words by which the collector knows the lines that may leave a page.
#[derive(Default)]
struct Words {
    equal: Vec<String>,
    start: Vec<String>,
    contain: Vec<String>,
}

/// Checks the files and writes `phrases.rs` (the meaning) and `words.rs` (the collector's key words).
pub(crate) fn compile() -> Result<(), String> {
    let mut paths: Vec<_> = fs::read_dir(FOLDER)
        .map_err(|error| format!("{FOLDER}: {error}"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    let mut languages = Vec::new();
    let mut words = Words::default();
    for path in paths {
        languages.push(language(&path, &parse(&path)?, &mut words)?);
    }
    let out = format!("pub(super) static LANGUAGES: &[Language] = {};\n", slice(languages));
    write("phrases.rs", &(out + &currencies()?))?;
    for list in [&mut words.equal, &mut words.start, &mut words.contain] {
        list.sort();
        list.dedup();
    }
    write(
        "words.rs",
        &format!(
            "pub(crate) static WORDS: Words = Words{{equal:{},start:{},contain:{}}};\n",
            strings(&words.equal),
            strings(&words.start),
            strings(&words.contain)
        ),
    )
}

fn language(path: &Path, data: &Language, words: &mut Words) -> Result<String, String> {
    let place = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.file_stem().is_none_or(|stem| stem.to_string_lossy() != data.code) {
        return Err(format!("{place}: the file is not named after its language {:?}", data.code));
    }
    if data.months.len() != 12 || data.weekdays.len() != 7 {
        return Err(format!("{place}: a year has 12 months and a week 7 days"));
    }
    for (name, list) in [("fillers", &data.fillers), ("until", &data.until), ("caution", &data.caution)] {
        canonical(&format!("{place}: {name}"), list)?;
    }
    let units = &data.units;
    let units = slice(
        [(86_400, &units.day), (3600, &units.hour), (60, &units.minute), (1, &units.second)].iter().flat_map(
            |(seconds, names)| names.iter().map(move |name| format!("({:?},{seconds})", name.to_lowercase())),
        ),
    );

    let statuses = rows(&place, "status", &data.status, |entry, phrase| {
        words.equal.push(fold(&phrase.text));
        let means = one_of(entry, "means", phrase.means.as_deref(), &STATUSES)?;
        Ok(format!("({:?},Status::{})", fold(&phrase.text), camel(means)))
    })?;
    let disputes = rows(&place, "dispute", &data.dispute, |entry, phrase| {
        words.equal.push(fold(&phrase.text));
        let stage = one_of(entry, "stage", phrase.stage.as_deref(), &STAGES)?;
        Ok(format!("({:?},DisputeStage::{})", fold(&phrase.text), camel(stage)))
    })?;
    let labels = rows(&place, "label", &data.label, |entry, phrase| {
        words.start.push(fold(&phrase.text));
        let of = one_of(entry, "of", phrase.of.as_deref(), &LABELS)?;
        Ok(format!("({:?},Label::{})", fold(&phrase.text), camel(of)))
    })?;
    let sentences = rows(&place, "sentence", &data.sentence, |entry, phrase| {
        words.contain.push(key(entry, &phrase.text)?);
        let kind = one_of(entry, "kind", phrase.kind.as_deref(), &PROMISES)?;
        let hole = if kind == "refund_if_not_delivered_before" { "{date}" } else { "{n}" };
        if !phrase.text.contains(hole) {
            return Err(format!("{entry}: {kind} needs {hole}"));
        }
        let from = match (hole, phrase.from.as_deref()) {
            ("{n}", from) => format!("Some(Start::{})", camel(one_of(entry, "from", from, &STARTS)?)),
            (_, None) => "None".to_owned(),
            (_, Some(_)) => return Err(format!("{entry}: a date needs no from")),
        };
        Ok(format!("Sentence{{parts:{},promise:Promise::{},from:{from}}}", parts(&phrase.text), camel(kind)))
    })?;
    let timers = rows(&place, "timer", &data.timer, |entry, phrase| {
        words.contain.push(key(entry, &phrase.text)?);
        Ok(parts(&phrase.text))
    })?;
    let buttons = rows(&place, "button", &data.button, |_, phrase| {
        words.equal.push(fold(&phrase.text));
        Ok(format!("{:?}", fold(&phrase.text)))
    })?;
    let free = rows(&place, "free_return", &data.free_return, |_, phrase| {
        words.equal.push(fold(&phrase.text));
        Ok(format!("{:?}", fold(&phrase.text)))
    })?;
    let delivered = rows(&place, "delivered", &data.delivered, |_, phrase| {
        words.equal.push(fold(&phrase.text));
        Ok(format!("{:?}", fold(&phrase.text)))
    })?;
    Ok(format!(
        "Language{{code:{:?},months:{},weekdays:{},fillers:{},until:{},caution:{},units:{units},statuses:{statuses},\
         disputes:{disputes},labels:{labels},sentences:{sentences},timers:{timers},buttons:{buttons},\
         free_returns:{free},delivered:{delivered}}}",
        data.code,
        numbered(&data.months),
        numbered(&data.weekdays),
        strings(&data.fillers),
        strings(&data.until),
        strings(&data.caution)
    ))
}

/// The entries of one kind as a static slice, after the checks that hold for all of them.
fn rows(
    place: &str,
    kind: &str,
    phrases: &[Phrase],
    mut row: impl FnMut(&str, &Phrase) -> Result<String, String>,
) -> Result<String, String> {
    let texts: Vec<_> = phrases.iter().map(|phrase| phrase.text.as_str()).collect();
    canonical(&format!("{place}: {kind}"), &texts)?;
    let mut out = Vec::new();
    for phrase in phrases {
        let entry = format!("{place}: {kind} {:?}", phrase.text);
        one_of(&entry, "grade", Some(&phrase.grade), &["A", "B", "C", "U"])?;
        if !(2010..=2100).contains(&phrase.year) {
            return Err(format!("{entry}: year {} is no year of evidence", phrase.year));
        }
        let given = [
            (&phrase.means, "status"),
            (&phrase.stage, "dispute"),
            (&phrase.of, "label"),
            (&phrase.kind, "sentence"),
            (&phrase.from, "sentence"),
        ];
        if given.iter().any(|(value, of)| value.is_some() && *of != kind) {
            return Err(format!("{entry}: a key that a {kind} does not have"));
        }
        out.push(row(&entry, phrase)?);
    }
    Ok(slice(out))
}

fn one_of<'a>(entry: &str, key: &str, value: Option<&'a str>, all: &[&str]) -> Result<&'a str, String> {
    let value = value.ok_or_else(|| format!("{entry}: {key} is missing"))?;
    if all.contains(&value) { Ok(value) } else { Err(format!("{entry}: {key} {value:?} is none of {all:?}")) }
}

/// Lower case, single spaces: the form in which texts are compared.
fn fold(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest fixed piece of a template: a line that may leave the page holds it.
fn key(entry: &str, template: &str) -> Result<String, String> {
    let pieces = template.split(['{', '}']).step_by(2);
    let longest = pieces.map(fold).max_by_key(|piece| piece.chars().count()).unwrap_or_default();
    if longest.len() < 7 {
        return Err(format!("{entry}: its longest fixed piece {longest:?} would let any line pass"));
    }
    Ok(longest)
}

/// A template cut into fixed pieces and holes.
fn parts(template: &str) -> String {
    slice(template.split(['{', '}']).enumerate().filter_map(|(index, piece)| match (index % 2, piece) {
        (1, hole) => Some(format!("Part::{}", camel(hole))),
        (_, fixed) => {
            Some(fold(fixed)).filter(|fixed| !fixed.is_empty()).map(|fixed| format!("Part::Fixed({fixed:?})"))
        }
    }))
}

fn numbered(lists: &[Vec<String>]) -> String {
    slice(lists.iter().enumerate().flat_map(|(index, names)| {
        names.iter().map(move |name| format!("({:?},{})", name.to_lowercase(), index + 1))
    }))
}

fn currencies() -> Result<String, String> {
    let place = "currencies.toml";
    let data: Currencies = parse(&Path::new("crate/data").join(place))?;
    canonical(&format!("{place}: shared"), &data.shared)?;
    let mut decimals = BTreeMap::new();
    for (digits, codes) in &data.decimals {
        canonical(&format!("{place}: decimals.{digits}"), codes)?;
        for code in codes {
            if code.len() != 3 || decimals.insert(code.as_str(), digits.as_str()).is_some() {
                return Err(format!("{place}: {code:?} is no code of three letters, or stands twice"));
            }
        }
    }
    let mut signs: Vec<(&str, &str)> = decimals.keys().map(|code| (*code, *code)).collect();
    for (code, list) in &data.signs {
        canonical(&format!("{place}: signs.{code}"), list)?;
        if !decimals.contains_key(code.as_str()) {
            return Err(format!("{place}: signs.{code}: no decimals are given for it"));
        }
        signs.extend(list.iter().map(|sign| (sign.as_str(), code.as_str())));
    }
    let mut rows: Vec<_> = signs
        .iter()
        .map(|(sign, code)| {
            (*sign, format!("Some(({code:?},{}))", decimals.get(code).copied().unwrap_or("2")))
        })
        .chain(data.shared.iter().map(|sign| (sign.as_str(), "None".to_owned())))
        .collect();
    // The longest sign first: `US $` before `$`.
    rows.sort_by(|one, other| (other.0.len(), one.0).cmp(&(one.0.len(), other.0)));
    if let Some(pair) = rows.windows(2).find(|pair| matches!(pair, [first, second] if first.0 == second.0)) {
        return Err(format!("{place}: sign {:?} stands twice", pair.first().map(|row| row.0)));
    }
    Ok(format!(
        "pub(super) static SIGNS: &[Sign] = {};\n",
        slice(rows.iter().map(|(sign, currency)| format!("Sign{{text:{sign:?},currency:{currency}}}")))
    ))
}
