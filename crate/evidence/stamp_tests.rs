//! Time-stamps in a dossier: which are taken, what their files are called, and what the dossier says of them.

use super::{
    tests::{ORDER, instant, vault},
    *,
};

fn reply(entry: u32, at: &str, authority: &str) -> Stamp {
    let reply = Reply { at: instant(at), authority: authority.to_owned() };
    Stamp { entry, reply: Some(reply), bytes: 4000, sha256: Sha256::of(at) }
}

fn proof(entry: u32) -> Stamp {
    Stamp { entry, reply: None, bytes: 300, sha256: Sha256::of(entry.to_string()) }
}

/// The one exhibit is logged by entry 3 of 5.
fn dossier(stamps: Vec<Stamp>) -> Result<Dossier, DossierError> {
    let (records, entries) = vault();
    let now = instant("2026-12-01T12:00:00Z");
    Dossier::new(ORDER.to_owned(), records, entries, now, "0.1.0".to_owned(), Vec::new(), stamps)
}

#[test]
fn only_what_covers_an_exhibit_is_taken() {
    for entry in [0, 1, 2, 6, u32::MAX] {
        assert_eq!(dossier(vec![proof(3), proof(entry)]), Err(DossierError::StampOfNothing { entry }));
    }
    assert_eq!(dossier(vec![proof(4), proof(4)]), Err(DossierError::StampsOutOfOrder));
    assert!(dossier(vec![proof(3), proof(4), proof(5)]).is_ok());
}

#[test]
fn files_stand_in_the_order_of_the_log_and_of_time_however_they_come() {
    let [early, late] = ["2026-11-24T00:00:01Z", "2026-11-25T00:00:00.123Z"];
    let stamps = [proof(3), proof(5), reply(5, early, "CN=One"), reply(5, late, "CN=Other")];
    let expected = ["01-entry-3.ots", "02-entry-5.ots", "03-entry-5.tsr", "04-entry-5.tsr"];
    for turn in 0..stamps.len() {
        let mut turned = stamps.to_vec();
        turned.rotate_left(turn);
        let dossier = dossier(turned).unwrap();
        assert_eq!(dossier.case_document(()).timestamps, stamps);
        let files = dossier.assemble(String::new(), String::new());
        let files: Vec<_> = files.iter().filter(|file| file.path.starts_with(STAMP_FOLDER)).collect();
        let names: Vec<_> = files.iter().map(|file| file.path.trim_start_matches(STAMP_FOLDER)).collect();
        assert_eq!(names, expected);
        assert!(files.iter().all(|file| is_safe_path(&file.path)));
        assert_eq!(files[3].content, DossierContent::Stamp(stamps[3].sha256));
        assert_eq!((files[3].bytes, files[3].modified), (4000, instant(late)));
        assert_eq!(files[0].modified, instant("2026-12-01T12:00:00Z"));
    }
}

#[test]
fn names_sort_also_with_many() {
    let stamps = vec![proof(3); 100];
    let names: Vec<_> = Stamp::files(&stamps).map(|(file, _)| file).collect();
    assert!(names.is_sorted() && names[0] == "timestamps/001-entry-3.ots", "{names:?}");
}

#[test]
fn the_text_says_what_is_there_and_how_to_check_it() {
    let text = |stamps| match &dossier(stamps).unwrap().assemble(String::new(), String::new())[0].content {
        DossierContent::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert!(text(Vec::new()).contains("in the order of its entries:\n\n  none\n"));
    let hash = vault().1[3].hash;
    let stamps = vec![reply(4, "2026-11-24T00:00:01Z", "CN={entries}\n, O=Społem"), proof(4)];
    let said = text(stamps);
    for lines in [
        "  timestamps/01-entry-4.ots\n     the log up to entry 4, exhibits up to 1\n".to_owned(),
        format!("     ots-cli.js verify -d {hash} timestamps/01-entry-4.ots\n"),
        "     2026-11-24T00:00:01.000Z, by CN={entries}\\n, O=Spo\\u{142}em\n".to_owned(),
        format!("     openssl ts -verify -digest {hash} -in timestamps/02-entry-4.tsr -CAfile root.pem\n"),
        "The log in this dossier has 5 entries.".to_owned(),
    ] {
        assert!(said.contains(&lines), "{lines}\n{said}");
    }
    assert!(said.is_ascii(), "{said}");
}

/// What was written before there were time-stamps says nothing of them.
#[test]
fn a_dossier_without_any_is_written_as_before() {
    let case = dossier(Vec::new()).unwrap().case_document(());
    let json = serde_json::to_value(&case).unwrap();
    assert_eq!(json.get("timestamps"), None);
    assert_eq!(serde_json::from_value::<CaseDocument<()>>(json).unwrap(), case);
    let both = serde_json::to_value([proof(3), reply(3, "2026-11-24T00:00:01.5Z", "")]).unwrap();
    assert_eq!(both[1]["reply"]["at"], "2026-11-24T00:00:01.500Z");
    assert_eq!(both[0].get("reply"), None);
}
