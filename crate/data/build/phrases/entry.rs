//! One wording, and the checks that hold for all of them.

use serde::Deserialize;

use super::packed::{Code, List};
use crate::source::canonical;

/// One wording. Which of the optional keys it has depends on its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrase {
    pub(super) text: String,
    grade: String,
    year: u16,
    pub(super) means: Option<String>,
    pub(super) stage: Option<String>,
    pub(super) of: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) from: Option<String>,
    pub(super) code: Option<String>,
}

/// The entries of one kind with the codes of their meanings, after the checks that hold for all of them.
pub(super) fn rows(
    place: &str,
    kind: &str,
    phrases: &[Phrase],
    code: impl Fn(&str, &Phrase) -> Result<Code, String>,
) -> Result<List, String> {
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
            (&phrase.code, "trick"),
        ];
        if given.iter().any(|(value, of)| value.is_some() && *of != kind) {
            return Err(format!("{entry}: a key that a {kind} does not have"));
        }
        out.push((code(&entry, phrase)?, template(&entry, &phrase.text)?));
    }
    Ok(out)
}

/// The place of a value in a list.
pub(super) fn one_of(entry: &str, key: &str, value: Option<&str>, all: &[&str]) -> Result<Code, String> {
    let value = value.ok_or_else(|| format!("{entry}: {key} is missing"))?;
    let place = all.iter().position(|known| *known == value).and_then(|place| Code::try_from(place).ok());
    place.ok_or_else(|| format!("{entry}: {key} {value:?} is none of {all:?}"))
}

/// The longest fixed piece of a template: a line that may leave the page holds it.
pub(super) fn key(entry: &str, template: &str) -> Result<String, String> {
    let longest = longest(template.split(['{', '}']).step_by(2).map(fold));
    if longest.len() < 7 {
        return Err(format!("{entry}: its longest fixed piece {longest:?} would let any line pass"));
    }
    Ok(longest)
}

/// The longest of some pieces; the last one, where several are.
pub(super) fn longest<S: AsRef<str> + Default>(pieces: impl Iterator<Item = S>) -> S {
    pieces.max_by_key(|piece| piece.as_ref().chars().count()).unwrap_or_default()
}

/// A text in the form in which it is compared, with a control character for each hole.
fn template(entry: &str, text: &str) -> Result<String, String> {
    let mut out = String::new();
    for (index, piece) in text.split(['{', '}']).enumerate() {
        match (index % 2, piece) {
            (1, "date") => out.push('\u{1}'),
            (1, "n") => out.push('\u{2}'),
            (1, "countdown") => out.push('\u{3}'),
            (1, hole) => return Err(format!("{entry}: {{{hole}}} is no hole")),
            (_, fixed) => out.push_str(&fold(fixed)),
        }
    }
    Ok(out)
}

/// Lower case, single spaces: the form in which texts are compared.
fn fold(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
