//! `redress pages`: all that the extension knows of the shop's pages, as one file of its own: the plans of the collector,
//! the words that it may let through, the wordings that the core reads by, and the sources of the rules.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use redress::{
    case,
    evidence::Sha256,
    order,
    page::{Words, plan, plan_names},
};
use serde_json::Value;

/// Prints `{"words": ..., "plans": [...], "layouts": ..., "phrases": ..., "sources": ...}`, each plan without its words.
/// `layouts` is the version of the plans: the beginning of their digest.
pub(crate) fn run() -> Result<ExitCode, String> {
    let plans: Vec<Value> = plan_names()
        .filter_map(|name| plan(&name, Words::default()))
        .map(|plan| {
            let mut value = serde_json::to_value(&plan)?;
            if let Some(root) = value.get_mut("root") {
                *root = serde_json::from_str(plan.root)?;
            }
            Ok(value)
        })
        .collect::<Result<_, serde_json::Error>>()
        .map_err(|error| error.to_string())?;
    let mut layouts = Sha256::of(Value::from(plans.clone()).to_string()).to_string();
    layouts.truncate(12);
    let file = serde_json::json!({"words": order::words(), "plans": plans, "layouts": layouts, "phrases": order::phrases(), "sources": case::sources()});
    writeln!(io::stdout(), "{file}").map_err(|error| format!("standard output: {error}"))?;
    Ok(ExitCode::SUCCESS)
}
