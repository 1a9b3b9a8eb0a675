//! `policy/ladder.toml`: rungs, evidence items and what each reason needs.

use serde::Deserialize;

use super::{camel, line, unique};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ladder {
    rung: Vec<Rung>,
    evidence: Vec<Evidence>,
    reason: Vec<Reason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rung {
    id: String,
    action: String,
    source: String,
    needs: Vec<String>,
    #[serde(default)]
    reason_rows: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    id: String,
    text: String,
    source: String,
    #[serde(default)]
    pages: Vec<String>,
    fact: Option<String>,
    file: Option<String>,
    #[serde(default = "always")]
    when: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    id: String,
    must: Vec<String>,
    strengthens: Vec<String>,
    trap: String,
}

fn always() -> String {
    "always".to_owned()
}

/// Checks the ladder and writes it as statics.
pub(super) fn write(ladder: &Ladder, code: &mut String) -> Result<(), String> {
    unique(ladder.evidence.iter().map(|item| item.id.as_str()))?;
    unique(ladder.rung.iter().map(|rung| rung.id.as_str()))?;
    unique(ladder.reason.iter().map(|reason| reason.id.as_str()))?;
    let known: Vec<&str> = ladder.evidence.iter().map(|item| item.id.as_str()).collect();
    for item in &ladder.evidence {
        let Evidence { id, text, source, .. } = item;
        if text.is_empty() || source.is_empty() {
            return Err(format!("{id}: text and source must say something"));
        }
        let pages: Vec<String> = item.pages.iter().map(|page| format!("PageKind::{}", camel(page))).collect();
        let file =
            item.file.as_ref().map_or("None".to_owned(), |file| format!("Some(OwnFile::{})", camel(file)));
        let fact =
            item.fact.as_ref().map_or("None".to_owned(), |fact| format!("Some(HeldFact::{})", camel(fact)));
        line(
            code,
            format_args!(
                "static E_{}: Item = Item {{ id: {id:?}, pages: &[{}], fact: {fact}, file: {file}, \
                 when: Applies::{} }};",
                id.to_uppercase(),
                pages.join(", "),
                camel(&item.when),
            ),
        );
    }
    let all: Vec<String> = known.iter().map(|id| format!("&E_{}", id.to_uppercase())).collect();
    line(code, format_args!("static ITEMS: [&Item; {}] = [{}];", all.len(), all.join(", ")));
    for rung in &ladder.rung {
        let Rung { id, action, source, reason_rows, .. } = rung;
        if action.is_empty() || source.is_empty() {
            return Err(format!("{id}: action and source must say something"));
        }
        line(
            code,
            format_args!(
                "static G_{}: RungData = RungData {{ name: RungName::{}, \
                 needs: &[{}], reason_rows: {reason_rows} }};",
                id.to_uppercase(),
                camel(id),
                items(&rung.needs, &known).map_err(|problem| format!("{id}: {problem}"))?,
            ),
        );
    }
    let rungs: Vec<String> =
        ladder.rung.iter().map(|rung| format!("&G_{}", rung.id.to_uppercase())).collect();
    line(code, format_args!("static RUNGS: [&RungData; {}] = [{}];", rungs.len(), rungs.join(", ")));
    write_reasons(&ladder.reason, &known, code)
}

fn write_reasons(reasons: &[Reason], known: &[&str], code: &mut String) -> Result<(), String> {
    let mut arms = String::new();
    for Reason { id, must, strengthens, trap } in reasons {
        if trap.is_empty() {
            return Err(format!("{id}: trap must say something"));
        }
        let describe = |problem| format!("{id}: {problem}");
        line(
            code,
            format_args!(
                "static Q_{}: ReasonRow = ReasonRow {{ must: &[{}], strengthens: &[{}] }};",
                id.to_uppercase(),
                items(must, known).map_err(describe)?,
                items(strengthens, known).map_err(describe)?,
            ),
        );
        line(&mut arms, format_args!("Reason::{} => &Q_{},", camel(id), id.to_uppercase()));
    }
    line(
        code,
        format_args!("fn reason_row(reason: Reason) -> &'static ReasonRow {{ match reason {{ {arms} }} }}"),
    );
    Ok(())
}

fn items(ids: &[String], known: &[&str]) -> Result<String, String> {
    unique(ids.iter().map(String::as_str))?;
    let mut list = Vec::new();
    for id in ids {
        if !known.contains(&id.as_str()) {
            return Err(format!("no evidence `{id}`"));
        }
        list.push(format!("&E_{}", id.to_uppercase()));
    }
    Ok(list.join(", "))
}
