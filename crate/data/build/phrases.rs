//! `crate/data/phrases` with `crate/data/cldr.toml`: the wordings that are recognised on pages.

mod cldr;
mod currencies;
mod entry;
mod packed;

use std::{fs, path::Path};

use serde::Deserialize;

use self::{
    cldr::{Cldr, UNITS},
    entry::{Phrase, key, one_of, rows},
    packed::{Code, KINDS, List, Packed},
};
use crate::source::{canonical, parse, write};

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
const LABELS: [&str; 9] =
    ["placed", "paid", "shipped", "completed", "order_id", "estimate", "total", "tracking_number", "status"];
/// Policy section 11, `seller_tricks`.
const TRICKS: [&str; 9] = [
    "close_dispute",
    "accept_low",
    "off_platform",
    "wait_longer",
    "confirm_receipt",
    "extend_processing",
    "return_at_buyer_cost",
    "tracking_elsewhere",
    "change_of_mind",
];
const STARTS: [&str; 5] = ["placed", "paid", "shipped", "delivered", "confirmed"];
/// Promises with a date, then promises that count days.
const PROMISES: [&str; 4] =
    ["refund_if_not_delivered_before", "coupon_if_delayed", "open_dispute_within", "return_within"];

/// One file of wordings. What CLDR has too does not stand in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    #[serde(rename = "language")]
    code: String,
    #[serde(default)]
    months: Vec<Vec<String>>,
    #[serde(default)]
    weekdays: Vec<Vec<String>>,
    #[serde(default)]
    fillers: Vec<String>,
    #[serde(default)]
    joiners: Vec<String>,
    until: Vec<String>,
    caution: Vec<String>,
    #[serde(default)]
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
    #[serde(default)]
    trick: Vec<Phrase>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Units {
    day: Vec<String>,
    hour: Vec<String>,
    minute: Vec<String>,
    second: Vec<String>,
}

/// Checks the files and writes `phrases.txt` (the wordings) and `phrases.rs` (their meanings).
pub(crate) fn compile() -> Result<(), String> {
    let mut paths: Vec<_> = fs::read_dir(FOLDER)
        .map_err(|error| format!("{FOLDER}: {error}"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    let mut cldr = cldr::read()?;
    let mut languages = Vec::new();
    for path in paths {
        let data: Language = parse(&path)?;
        let words =
            cldr.remove(&data.code).ok_or_else(|| format!("cldr.toml: no language {:?}", data.code))?;
        languages.push(language(&path, &data, words)?);
    }
    let meanings = [
        packed::meanings("STATUSES", "Status", &STATUSES),
        packed::meanings("STAGES", "DisputeStage", &STAGES),
        packed::meanings("LABELS", "Label", &LABELS),
        packed::meanings("PROMISES", "Promise", &PROMISES),
        packed::meanings("STARTS", "Start", &STARTS),
        packed::meanings("TRICKS", "Trick", &TRICKS),
    ];
    let texts: Vec<String> = languages.iter().map(Packed::text).collect();
    write("phrases.txt", &texts.join("\u{1e}"))?;
    write("phrases.rs", &meanings.concat())?;
    write("signs.rs", &currencies::compile()?)
}

fn language(path: &Path, data: &Language, words: Cldr) -> Result<Packed, String> {
    let place = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.file_stem().is_none_or(|stem| stem.to_string_lossy() != data.code) {
        return Err(format!("{place}: the file is not named after its language {:?}", data.code));
    }
    let mut out = Packed::new(&data.code);
    out.add("month", numbered(&place, "months", words.months, &data.months, 12)?);
    out.add("weekday", numbered(&place, "weekdays", words.weekdays, &data.weekdays, 7)?);
    let own = [&data.units.day, &data.units.hour, &data.units.minute, &data.units.second];
    let own: Vec<Vec<String>> = own.into_iter().cloned().collect();
    out.add("unit", numbered(&place, "units", words.units, &own, UNITS.len())?);
    out.add("counted", words.counted);
    out.add("filler", plain(&place, "fillers", words.fillers, &data.fillers)?);
    out.add("mark", plain(&place, "marks", words.marks, &[])?);
    out.add("joiner", plain(&place, "joiners", words.joiners, &data.joiners)?);
    out.add("until", plain(&place, "until", Vec::new(), &data.until)?);
    out.add("caution", plain(&place, "caution", Vec::new(), &data.caution)?);

    let code = |entry: &str, key: &str, value: Option<&str>, all: &[&str]| -> Result<Code, String> {
        one_of(entry, key, value, all)
    };
    out.add(
        "status",
        rows(&place, "status", &data.status, |entry, phrase| {
            code(entry, "means", phrase.means.as_deref(), &STATUSES)
        })?,
    );
    out.add(
        "dispute",
        rows(&place, "dispute", &data.dispute, |entry, phrase| {
            code(entry, "stage", phrase.stage.as_deref(), &STAGES)
        })?,
    );
    out.add(
        "label",
        rows(&place, "label", &data.label, |entry, phrase| code(entry, "of", phrase.of.as_deref(), &LABELS))?,
    );
    out.add("sentence", rows(&place, "sentence", &data.sentence, promise)?);
    out.add(
        "timer",
        rows(&place, "timer", &data.timer, |entry, phrase| {
            key(entry, &phrase.text)?;
            if phrase.text.contains("{countdown}") {
                Ok(0)
            } else {
                Err(format!("{entry}: no {{countdown}}"))
            }
        })?,
    );
    for (kind, phrases) in
        [("button", &data.button), ("free_return", &data.free_return), ("delivered", &data.delivered)]
    {
        out.add(kind, rows(&place, kind, phrases, |_, _| Ok(0))?);
    }
    out.add("trick", rows(&place, "trick", &data.trick, trick)?);
    assert_eq!(out.len(), KINDS.len(), "every kind is added once");
    Ok(out)
}

/// The code of a promise and of the day from which it counts.
fn promise(entry: &str, phrase: &Phrase) -> Result<Code, String> {
    key(entry, &phrase.text)?;
    let kind = one_of(entry, "kind", phrase.kind.as_deref(), &PROMISES)?;
    let counts = kind >= 2;
    let hole = if counts { "{n}" } else { "{date}" };
    if !phrase.text.contains(hole) {
        return Err(format!("{entry}: a promise of this kind needs {hole}"));
    }
    let starts = u8::try_from(STARTS.len()).unwrap_or_default();
    match (counts, phrase.from.as_deref()) {
        (true, from) => Ok(kind * starts + one_of(entry, "from", from, &STARTS)?),
        (false, None) => Ok(kind * starts),
        (false, Some(_)) => Err(format!("{entry}: a date needs no from")),
    }
}

/// The code of a trick. Its words are looked for anywhere in a message, so they must be long enough to say it.
fn trick(entry: &str, phrase: &Phrase) -> Result<Code, String> {
    if key(entry, &phrase.text)? != phrase.text {
        return Err(format!("{entry}: not in lower case, or with a hole or a space too many"));
    }
    one_of(entry, "code", phrase.code.as_deref(), &TRICKS)
}

/// Names by their place in the lists, those of CLDR and the file's own.
fn numbered(
    place: &str,
    what: &str,
    cldr: Vec<Vec<String>>,
    own: &[Vec<String>],
    length: usize,
) -> Result<List, String> {
    if cldr.len() != length || (!own.is_empty() && own.len() != length) {
        return Err(format!("{place}: {what}: not {length} lists"));
    }
    let mut out: List = Vec::new();
    for (index, known) in cldr.into_iter().enumerate() {
        let own = own.get(index).map_or(&[][..], Vec::as_slice);
        let code = Code::try_from(index).unwrap_or_default();
        out.extend(plain(place, what, known, own)?.into_iter().map(|(_, text)| (code, text)));
    }
    let mut texts: Vec<_> = out.iter().map(|(_, text)| text).collect();
    texts.sort();
    match texts.windows(2).find(|pair| pair.first() == pair.last()) {
        Some(pair) => Err(format!("{place}: {what}: {:?} has two meanings", pair.first())),
        None => Ok(out),
    }
}

/// The words of CLDR and the file's own, which must not be among them.
fn plain(place: &str, what: &str, cldr: Vec<String>, own: &[String]) -> Result<List, String> {
    canonical(&format!("{place}: {what}"), own)?;
    canonical(&format!("cldr.toml for {place}: {what}"), &cldr)?;
    if let Some(word) = own.iter().find(|word| cldr.contains(word)) {
        return Err(format!("{place}: {what}: {word:?} stands in cldr.toml already"));
    }
    Ok(cldr.into_iter().chain(own.iter().cloned()).map(|word| (0, word)).collect())
}
