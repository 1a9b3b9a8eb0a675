//! Every tree that the view can make and every guide has its texts, and every text is used.

mod calendar;
mod captures;
mod cases;
mod deadlines;
mod draft;
mod facts;
mod guides;
mod letters;
mod list;
mod timebar;
mod trees;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::view::{DraftCode, Node};

/// Texts that no tree uses: those of the manifest and of the scripts that speak for themselves.
const ELSEWHERE: &[&str] = &[
    "action_title",
    "backup_ask_replace",
    "backup_check",
    "backup_checking",
    "backup_due",
    "backup_file",
    "backup_last",
    "backup_lasting",
    "backup_made",
    "backup_make",
    "backup_make_now",
    "backup_make_why",
    "backup_merge",
    "backup_merged",
    "backup_never",
    "backup_no_file",
    "backup_not_lasting",
    "backup_open",
    "backup_opens",
    "backup_packing",
    "backup_passphrase",
    "backup_passphrase_again",
    "backup_passphrase_differs",
    "backup_passphrase_why",
    "backup_persist",
    "backup_picture_changed",
    "backup_refused_chain",
    "backup_refused_digest",
    "backup_refused_encrypted",
    "backup_refused_files",
    "backup_refused_form",
    "backup_refused_missing",
    "backup_refused_newer",
    "backup_refused_passphrase",
    "backup_refused_record",
    "backup_refused_signature",
    "backup_refused_stamp",
    "backup_refused_unreadable",
    "backup_replace",
    "backup_replaced",
    "backup_restore",
    "backup_restore_why",
    "backup_restoring",
    "backup_room",
    "backup_since",
    "backup_sound",
    "backup_title",
    "backup_used",
    "backup_ways",
    "backup_why",
    "backup_working",
    "button_capture_page",
    "button_capture_part",
    "button_reload",
    "capture_begins",
    "capture_progress",
    "capture_refused_busy",
    "capture_refused_cancelled",
    "capture_refused_closed",
    "capture_refused_hidden",
    "capture_refused_left",
    "capture_refused_long",
    "capture_refused_lost",
    "capture_refused_moved",
    "case_letters",
    "catalogue_direction",
    "catalogue_language",
    "command_capture",
    "compare_beside",
    "compare_box",
    "compare_changed",
    "compare_choose",
    "compare_earlier",
    "compare_failed",
    "compare_kept_live",
    "compare_later",
    "compare_layout",
    "compare_made",
    "compare_none",
    "compare_only_earlier",
    "compare_only_later",
    "compare_other_page",
    "compare_other_part",
    "compare_pairs",
    "compare_partial",
    "compare_pictures",
    "compare_pictures_alike",
    "compare_pictures_same",
    "compare_refused",
    "compare_save",
    "compare_save_picture",
    "compare_scaled",
    "compare_share",
    "compare_start",
    "compare_text",
    "compare_text_missing",
    "compare_text_same",
    "compare_title",
    "compare_unknown",
    "compare_why",
    "compare_working",
    "copy_add",
    "copy_caption",
    "copy_caption_added",
    "copy_caption_address",
    "copy_caption_by",
    "copy_caption_digest",
    "copy_caption_local",
    "copy_caption_name",
    "copy_caption_order",
    "copy_caption_own",
    "copy_caption_utc",
    "copy_changed",
    "copy_cover",
    "copy_cover_keys",
    "copy_cover_why",
    "copy_covered_part",
    "copy_failed",
    "copy_file",
    "copy_format",
    "copy_highest",
    "copy_highest_whole",
    "copy_list_box",
    "copy_list_copy",
    "copy_list_made",
    "copy_list_original",
    "copy_longest",
    "copy_longest_whole",
    "copy_making",
    "copy_own_why",
    "copy_part",
    "copy_pixels",
    "copy_preview",
    "copy_remove",
    "copy_result",
    "copy_save",
    "copy_save_list",
    "copy_save_zip",
    "copy_saved",
    "copy_title",
    "copy_unknown",
    "copy_why",
    "dossier_no_stamp",
    "dossier_stamp",
    "dossier_stamp_ots",
    "draft_button_again",
    "draft_button_copy",
    "draft_button_mine",
    "draft_button_new",
    "draft_changed",
    "draft_copied",
    "draft_copied_blanks",
    "draft_language",
    "draft_never_sent",
    "draft_not_copied",
    "draft_not_kept",
    "extension_description",
    "extension_name",
    "menu_capture_page",
    "menu_use_selection",
    "mirror_allow",
    "mirror_alone",
    "mirror_auto",
    "mirror_auto_why",
    "mirror_choose",
    "mirror_end",
    "mirror_ended",
    "mirror_failed",
    "mirror_folder",
    "mirror_incomplete",
    "mirror_lapsed",
    "mirror_lapsed_why",
    "mirror_look",
    "mirror_machine",
    "mirror_plain",
    "mirror_title",
    "mirror_unable",
    "mirror_why",
    "mirror_write",
    "mirror_writing",
    "mirror_written",
    "overlay_outdated",
    "own_add_file",
    "own_add_note",
    "own_add_statement",
    "own_ask_delete",
    "own_caption",
    "own_check",
    "own_files",
    "own_kept",
    "own_kept_reference",
    "own_not_same",
    "own_note",
    "own_outside",
    "own_outside_why",
    "own_private",
    "own_reading",
    "own_reference",
    "own_refused",
    "own_refused_empty",
    "own_refused_kind",
    "own_refused_large",
    "own_refused_twice",
    "own_same",
    "own_statement",
    "own_statement_file",
    "own_sum",
    "own_title",
    "own_why",
    "panel_open",
    "region_help",
    "reminder_later",
    "reminder_open",
    "room_none",
    "room_short",
    "settings_about",
    "settings_add",
    "settings_ask_erase",
    "settings_ask_order",
    "settings_ask_over",
    "settings_ask_unfiled",
    "settings_capture",
    "settings_capture_allowed",
    "settings_capture_click",
    "settings_capture_on",
    "settings_capture_why",
    "settings_captures",
    "settings_days",
    "settings_deleted",
    "settings_disk",
    "settings_erase",
    "settings_erase_why",
    "settings_erased",
    "settings_first",
    "settings_hours",
    "settings_introduction",
    "settings_kept",
    "settings_kept_sum",
    "settings_lead",
    "settings_lead_limits",
    "settings_leads_full",
    "settings_none",
    "settings_pause",
    "settings_pause_all",
    "settings_pause_host",
    "settings_pause_why",
    "settings_paused_on",
    "settings_privacy",
    "settings_quiet",
    "settings_quiet_differ",
    "settings_quiet_from",
    "settings_quiet_to",
    "settings_read_again",
    "settings_reminders",
    "settings_reminders_muted",
    "settings_reminders_none",
    "settings_reminders_off",
    "settings_reminders_on",
    "settings_reminders_quiet",
    "settings_reminders_say",
    "settings_reminders_why",
    "settings_remove",
    "settings_retention",
    "settings_retention_always",
    "settings_retention_erase",
    "settings_retention_keep",
    "settings_retention_ready",
    "settings_retention_why",
    "settings_search",
    "settings_sign",
    "settings_sign_unknown",
    "settings_signs",
    "settings_signs_why",
    "settings_times",
    "settings_title",
    "settings_unfiled",
    "settings_unit",
    "settings_version",
    "settings_zone",
    "settings_zone_computer",
    "settings_zone_here",
    "settings_zone_own",
    "settings_zone_search",
    "settings_zones_first",
    "settings_zones_found",
    "stamp_accuracy",
    "stamp_added",
    "stamp_ask_delete",
    "stamp_authority",
    "stamp_authority_certificates",
    "stamp_authority_none",
    "stamp_authority_public",
    "stamp_authority_qualified",
    "stamp_authority_what",
    "stamp_carried",
    "stamp_check",
    "stamp_empty",
    "stamp_export",
    "stamp_file",
    "stamp_hash",
    "stamp_head",
    "stamp_how",
    "stamp_how_ots",
    "stamp_import",
    "stamp_import_why",
    "stamp_issuer",
    "stamp_kept",
    "stamp_kept_ots",
    "stamp_known",
    "stamp_list",
    "stamp_nonce",
    "stamp_nonce_same",
    "stamp_nonce_unknown",
    "stamp_none",
    "stamp_not_checked",
    "stamp_open",
    "stamp_other_log",
    "stamp_ots",
    "stamp_ots_proves",
    "stamp_proves",
    "stamp_refused_certificate",
    "stamp_refused_digest",
    "stamp_refused_empty",
    "stamp_refused_form",
    "stamp_refused_huge",
    "stamp_refused_method",
    "stamp_refused_query",
    "stamp_refused_rejected",
    "stamp_refused_signature",
    "stamp_request",
    "stamp_request_why",
    "stamp_save",
    "stamp_saved",
    "stamp_serial",
    "stamp_time",
    "stamp_title",
    "stamp_why",
    "translate_absent",
    "translate_begin",
    "translate_browser",
    "translate_by_buyer",
    "translate_by_seller",
    "translate_by_unknown",
    "translate_choose",
    "translate_done",
    "translate_download",
    "translate_download_detector",
    "translate_download_failed",
    "translate_download_pair",
    "translate_downloading",
    "translate_failed",
    "translate_gone",
    "translate_how",
    "translate_incomplete",
    "translate_language",
    "translate_machine",
    "translate_model",
    "translate_no_evidence",
    "translate_no_pair",
    "translate_no_words",
    "translate_none",
    "translate_reading",
    "translate_same",
    "translate_title",
    "translate_unknown",
    "translate_working",
    "welcome_evidence",
    "welcome_evidence_title",
    "welcome_intro",
    "welcome_no_shortcut",
    "welcome_orders",
    "welcome_pin",
    "welcome_pin_firefox",
    "welcome_sample",
    "welcome_shortcut",
    "welcome_step",
    "welcome_step_title",
    "welcome_time",
    "welcome_time_title",
    "welcome_title",
];

/// How a text is used: with how many values, and whether a number picks its plural form.
type Use = (usize, bool);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The texts of a language by key.
fn texts(locale: &str) -> BTreeMap<String, String> {
    let path = root().join("extension/_locales").join(locale).join("messages.json");
    let messages: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    messages.into_iter().map(|(key, entry)| (key, entry["message"].as_str().unwrap().to_owned())).collect()
}

/// Notes every text of a tree, wherever it stands: as a node, as a label, filled into another text.
fn note(tree: &Value, uses: &mut BTreeSet<(String, Use)>) {
    match tree {
        Value::Object(object) => {
            // Words of a page are no key, whatever they are.
            if let Some(key) = object.get("message").and_then(Value::as_str) {
                let values = object.get("with").and_then(Value::as_array).map_or(0, Vec::len);
                uses.insert((key.to_owned(), (values, object.contains_key("count"))));
            }
            object.values().for_each(|value| note(value, uses));
        }
        Value::Array(list) => list.iter().for_each(|value| note(value, uses)),
        _ => {}
    }
}

fn uses() -> BTreeSet<(String, Use)> {
    let mut uses = BTreeSet::new();
    trees::every(&mut |tree| note(&serde_json::to_value(tree).unwrap(), &mut uses));
    draft::every(&mut |draft| note(&serde_json::to_value(Node::from(draft.clone())).unwrap(), &mut uses));
    // The headings of the letters, which words.js asks for by their codes.
    // What the application says of a limit that nears, the background of several, and a copy of what it covers.
    uses.extend(
        [
            ("reminder_title", (2, false)),
            ("reminder_text", (3, false)),
            ("reminder_several", (1, true)),
            ("copy_covered", (1, true)),
            // What a comparison of two captures found.
            ("compare_places", (1, true)),
            ("compare_text_folded", (1, true)),
            ("compare_text_lines", (1, true)),
        ]
        .map(|(key, use_of)| (key.to_owned(), use_of)),
    );
    uses.extend(DraftCode::ALL.iter().map(|code| (format!("draft_title_{}", code.code()), (0, false))));
    uses
}

/// The numbers of the places in a text that are filled: `$1`, `$2`.
fn places(text: &str) -> BTreeSet<usize> {
    text.split('$').skip(1).filter_map(|rest| rest.get(..1)?.parse().ok()).collect()
}

/// What is wrong with the texts of a language for these uses.
fn problems(texts: &BTreeMap<String, String>, uses: &BTreeSet<(String, Use)>) -> Vec<String> {
    let mut problems = Vec::new();
    for (key, (values, counted)) in uses {
        let all: BTreeSet<usize> = (1..=*values).collect();
        let mut check = |key: &str, whole: bool| match texts.get(key).map(|text| places(text)) {
            None => problems.push(format!("{key} is missing")),
            Some(places) if places == all || (!whole && places.is_subset(&all)) => {}
            Some(places) => problems.push(format!("{key} has places {places:?} for {values} values")),
        };
        if *counted {
            // One thing needs no number.
            check(&format!("{key}_one"), false);
            check(&format!("{key}_other"), true);
        } else {
            check(key, true);
        }
    }
    problems
}

/// Texts that nothing uses.
fn unused<'t>(texts: &'t BTreeMap<String, String>, uses: &BTreeSet<(String, Use)>) -> Vec<&'t str> {
    let drawn: BTreeSet<String> = uses
        .iter()
        .flat_map(|(key, (_, counted))| {
            if *counted { vec![format!("{key}_one"), format!("{key}_other")] } else { vec![key.clone()] }
        })
        .collect();
    texts.keys().map(String::as_str).filter(|key| !drawn.contains(*key) && !ELSEWHERE.contains(key)).collect()
}

#[test]
fn every_text_of_every_tree_is_there_and_fits() {
    let (texts, mut uses) = (texts("en"), uses());
    assert!(uses.len() > 250, "the walk reaches {} texts only", uses.len());
    uses.extend(guides::uses());
    let problems = problems(&texts, &uses);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_text_is_left_over() {
    let (texts, mut uses) = (texts("en"), uses());
    uses.extend(guides::uses());
    assert_eq!(unused(&texts, &uses), Vec::<&str>::new());
}

#[test]
fn texts_that_no_tree_uses_are_used_elsewhere() {
    let scripts = fs::read_dir(root().join("extension")).unwrap().map(|entry| entry.unwrap().path());
    let scripts = scripts.filter(|path| path.extension().is_some_and(|ending| ending == "js"));
    let files: Vec<PathBuf> = scripts.chain([root().join("manifest.json")]).collect();
    let source: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for key in ELSEWHERE {
        let used = [format!("__MSG_{key}__"), format!("\"{key}\"")];
        assert!(used.iter().any(|mark| source.contains(mark)), "{key}");
    }
}

#[test]
fn every_language_has_the_keys_of_english() {
    let english = texts("en");
    for entry in fs::read_dir(root().join("extension/_locales")).unwrap() {
        let locale = entry.unwrap().file_name().into_string().unwrap();
        let texts = texts(&locale);
        // A language has as many plural forms as it needs.
        let stem = |key: &str| {
            let forms = ["_zero", "_one", "_two", "_few", "_many", "_other"];
            forms.iter().find_map(|form| key.strip_suffix(form)).unwrap_or(key).to_owned()
        };
        let stems =
            |texts: &BTreeMap<String, String>| texts.keys().map(|key| stem(key)).collect::<BTreeSet<_>>();
        assert_eq!(stems(&texts), stems(&english), "{locale}");
        // Letters are written in the language of the catalogue that the browser chose.
        assert_eq!(texts["catalogue_language"].replace('-', "_"), locale);
    }
}

#[test]
fn texts_are_calm() {
    for (key, text) in texts("en") {
        assert!(!text.is_empty() && text.trim() == text, "{key}: {text:?}");
        assert!(!text.contains(['!', '<', '>']), "{key}: {text}");
        assert!(!text.contains("guarantee"), "{key} promises: {text}");
    }
}

#[test]
fn the_checks_can_fail() {
    let texts = |list: &[(&str, &str)]| {
        list.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect::<BTreeMap<_, _>>()
    };
    let uses = BTreeSet::from([("plain".to_owned(), (1, false)), ("many".to_owned(), (1, true))]);
    let good = [("plain", "a $1"), ("many_one", "one"), ("many_other", "$1 things")];
    assert_eq!(problems(&texts(&good), &uses), Vec::<String>::new());
    for (key, text, count) in
        [("plain", "a", 1), ("plain", "$1 $2", 1), ("many_other", "things", 1), ("many_one", "$2", 1)]
    {
        let mut spoilt = texts(&good);
        spoilt.insert(key.to_owned(), text.to_owned());
        assert_eq!(problems(&spoilt, &uses).len(), count, "{key}: {text}");
        spoilt.remove(key);
        assert_eq!(problems(&spoilt, &uses).len(), 1, "{key}");
    }
    let mut more = texts(&good);
    more.insert("other".to_owned(), "x".to_owned());
    assert_eq!(unused(&more, &uses), ["other"]);
}
