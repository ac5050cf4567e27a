use super::*;
use crate::platform::audit::{self, Sequencer, SignerKey};
use crate::platform::database::{Database, Durability};
use crate::platform::{areas, settings};
use crate::testing::Installation;
use proptest::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const AREAS: &str =
    "code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note
KZ,,country,Қазақстан,Казахстан,Kazakhstan,Asia/Almaty,1991-12-16,,test,
";
/// A picture of one pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

struct Made {
    place: Installation,
    key: SignerKey,
}

impl Made {
    /// An installation with an act on record, a paper and keys.
    async fn new() -> Self {
        let place = Installation::new().await;
        let data = place.app.settings.data.clone();
        let key = audit::open_key(&place.app.database, &data, None)
            .await
            .unwrap();
        crate::platform::files::secret_file(&data.join("forms.key")).unwrap();
        let acting = place.operator();
        areas::import_csv(&acting, AREAS.as_bytes(), false)
            .await
            .unwrap();
        let mut tx = acting.begin().await.unwrap();
        let app = &place.app;
        app.files
            .keep(&mut tx, &acting, PNG.to_vec(), true)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self { place, key }
    }

    fn data(&self) -> &Path {
        &self.place.app.settings.data
    }

    /// A folder of its own below the installation's, so that it goes with it.
    fn beside(&self, name: &str) -> PathBuf {
        self.data().join(name)
    }
}

async fn made(made: &Made, name: &str) -> (PathBuf, Manifest) {
    let out = made.beside(name);
    let manifest = create(made.data(), &out, "2023-11-06T06:00:00Z".to_owned())
        .await
        .unwrap();
    (out, manifest)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_while_others_write_is_whole() {
    let made_of = Made::new().await;
    let stop = Arc::new(AtomicBool::new(false));
    let (app, key) = (made_of.place.app.clone(), made_of.key.clone());
    let writer = tokio::spawn({
        let stop = Arc::clone(&stop);
        let acting = made_of.place.operator();
        async move {
            let sequencer = Sequencer::new(app.clone(), key);
            let mut written = 0_u32;
            while !stop.load(Ordering::SeqCst) {
                let mut tx = acting.begin().await.unwrap();
                settings::set(&mut tx, "n", &written.to_string())
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                areas::import_csv(&acting, AREAS.as_bytes(), false)
                    .await
                    .unwrap();
                sequencer.catch_up().await.unwrap();
                written += 1;
            }
            written
        }
    });
    let mut copies = Vec::new();
    for name in ["one", "two", "three"] {
        copies.push(made(&made_of, name).await);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    stop.store(true, Ordering::SeqCst);
    assert!(writer.await.unwrap() > 3, "somebody wrote meanwhile");
    let mut records = Vec::new();
    for (out, manifest) in copies {
        let data = out.with_extension("restored");
        assert_eq!(restore(&out, &data).unwrap(), manifest);
        let database = Database::open_sqlite(&data.join(DATABASE), Durability::Off)
            .await
            .unwrap();
        let key = audit::open_key(&database, &data, None).await.unwrap();
        assert_eq!(
            key.verifier(),
            made_of.key.verifier(),
            "the same log goes on"
        );
        let mut reader = database.read().await.unwrap();
        let report = audit::verify(&mut reader, key.verifier(), None)
            .await
            .unwrap();
        assert!(report.is_sound(), "{report:?}");
        records.push(report.records);
        drop(reader);
        database.close().await;
        let papers = manifest
            .files
            .iter()
            .filter(|f| f.path.starts_with("files/"));
        for paper in papers {
            assert!(data.join(&paper.path).is_file());
        }
        assert_eq!(manifest.files.len(), 4, "database, a paper, two keys");
    }
    assert!(
        records.is_sorted() && records.first() < records.last(),
        "{records:?}"
    );
}

#[tokio::test]
async fn the_key_of_badges_goes_along_once_there_is_one() {
    let made_of = Made::new().await;
    let (out, before) = made(&made_of, "before").await;
    assert!(before.files.iter().all(|f| f.path != "badge.key"));
    restore(&out, &made_of.beside("restored-before")).unwrap();
    let seed = crate::platform::files::secret_file(&made_of.beside("badge.key")).unwrap();
    let (out, _) = made(&made_of, "after").await;
    let restored = made_of.beside("restored-after");
    restore(&out, &restored).unwrap();
    let back = crate::platform::files::secret_file(&restored.join("badge.key")).unwrap();
    assert!(back == seed, "badges given out still verify");
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let made_of = Made::new().await;
    let (out, _) = made(&made_of, "copy").await;
    let again = create(made_of.data(), &out, String::new()).await;
    assert!(matches!(again, Err(BackupError::NotEmpty(_))), "{again:?}");
    let onto = restore(&out, made_of.data());
    assert!(matches!(onto, Err(BackupError::NotEmpty(_))), "{onto:?}");
}

#[tokio::test]
async fn a_copy_that_was_changed_is_not_restored() {
    let made_of = Made::new().await;
    let (out, manifest) = made(&made_of, "copy").await;
    let target = made_of.beside("target");
    for file in &manifest.files {
        let path = out.join(&file.path);
        let whole = fs::read(&path).unwrap();
        let mut changed = whole.clone();
        changed[10] ^= 1;
        for bytes in [&changed[..], &whole[..whole.len() - 1], &[]] {
            fs::write(&path, bytes).unwrap();
            let told = restore(&out, &target);
            assert!(matches!(told, Err(BackupError::Changed(_))), "{told:?}");
        }
        fs::remove_file(&path).unwrap();
        assert!(matches!(restore(&out, &target), Err(BackupError::Disk(..))));
        fs::write(&path, &whole).unwrap();
    }
    assert!(!target.exists(), "nothing was written");
    fs::remove_file(out.join(MANIFEST)).unwrap();
    assert!(matches!(
        restore(&out, &target),
        Err(BackupError::NoCopy(..))
    ));
}

#[tokio::test]
async fn a_paper_that_is_lost_is_told_at_once() {
    let made_of = Made::new().await;
    fs::remove_dir_all(made_of.beside(PAPERS)).unwrap();
    let told = create(made_of.data(), &made_of.beside("copy"), String::new()).await;
    assert!(
        matches!(told, Err(BackupError::PaperMissing(_))),
        "{told:?}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn keys_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let made_of = Made::new().await;
    let (out, _) = made(&made_of, "copy").await;
    restore(&out, &made_of.beside("target")).unwrap();
    for folder in ["copy", "target"] {
        for key in KEYS {
            let mode = fs::metadata(made_of.beside(folder).join(key))
                .unwrap()
                .permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
        }
    }
    // A link out of the copy is not followed.
    let key = out.join("audit.key");
    fs::remove_file(&key).unwrap();
    std::os::unix::fs::symlink(made_of.beside("audit.key"), &key).unwrap();
    assert!(matches!(check(&out), Err(BackupError::Odd(_))));
}

fn with_path(path: &str) -> Result<Manifest, BackupError> {
    let entry = |path: &str| serde_json::json!({"path": path, "size_bytes": 0, "sha256": ""});
    let document = serde_json::json!({
        "format": FORMAT, "made_at": "", "program": "",
        "files": [entry(DATABASE), entry("audit.key"), entry("forms.key"), entry(path)],
    });
    parse_manifest(document.to_string().as_bytes())
}

#[test]
fn a_manifest_leads_nowhere_else() {
    let hash = "ab".repeat(32);
    assert!(with_path(&format!("files/ab/{hash}")).is_ok());
    for path in [
        "",
        "/etc/passwd",
        "../tandau.db",
        "files/../../x",
        "files/ab/../../tandau.db",
        "tandau.db",
        "tandau.db-wal",
        "C:\\x",
        "files\\ab",
        &format!("files/cd/{hash}"),
        &format!("files/ab/{}", hash.to_uppercase()),
        &format!("../files/ab/{hash}"),
        "files/ab/\u{0}",
    ] {
        assert!(
            matches!(with_path(path), Err(BackupError::Odd(_))),
            "{path}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_manifest_or_a_refusal(bytes in any::<Vec<u8>>(), path in "\\PC{0,80}") {
        prop_assert!(parse_manifest(&bytes).is_err());
        prop_assert!(with_path(&path).is_err());
    }
}
