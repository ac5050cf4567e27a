//! The name under which a log signs: fixed at the first start of an installation, never changed.

use super::{SignerKey, store};
use crate::bind;
use crate::platform::Error;
use crate::platform::database::Database;
use crate::platform::settings;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// The setting that keeps it.
const SETTING: &str = "log-name";
/// Logs that were begun before names were kept are called so.
const UNNAMED: &str = "tandau.local/log";

/// The key of a data folder under the log's name. An installation without a name takes `wanted`, or one that has
/// the key's own hash in it, so that no two logs are called the same.
///
/// # Errors
/// [`Error::Conflict`] when the log has another name than the one wanted; a name that can't be one; what disk and
/// database report.
pub async fn open_key(
    database: &Database,
    folder: &Path,
    wanted: Option<&str>,
) -> Result<SignerKey, Error> {
    let (kept, begun) = {
        let mut reader = database.read().await?;
        let kept = settings::get(&mut reader, SETTING).await?;
        let last = reader.first(store::LAST_CHECKPOINT, bind![]).await?;
        (kept, last.is_some())
    };
    let named = kept.is_some();
    let name = match (kept, wanted) {
        (Some(name), _) => name,
        (None, _) if begun => UNNAMED.to_owned(),
        (None, Some(wanted)) => wanted.to_owned(),
        (None, None) => of_key(&SignerKey::open(folder, UNNAMED)?),
    };
    if let Some(wanted) = wanted.filter(|w| *w != name) {
        return Err(Error::Conflict(format!(
            "the log of this installation is called {name} since its first start and can't be called {wanted}"
        )));
    }
    let key = SignerKey::open(folder, &name)?;
    if !named {
        let mut transaction = database.begin().await?;
        settings::set(&mut transaction, SETTING, &name).await?;
        transaction.commit().await?;
    }
    Ok(key)
}

fn of_key(key: &SignerKey) -> String {
    let digest = Sha256::digest(key.verifier().to_string().as_bytes());
    let short = crate::platform::files::hex(digest.get(..8).unwrap_or_default());
    format!("{UNNAMED}/{short}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Installation;

    async fn name(place: &Installation, wanted: Option<&str>) -> Result<String, Error> {
        let folder = &place.app.settings.data;
        let key = open_key(&place.app.database, folder, wanted).await?;
        Ok(key.verifier().name().to_owned())
    }

    #[tokio::test]
    async fn two_installations_have_two_names() {
        let (one, two) = (Installation::new().await, Installation::new().await);
        let first = name(&one, None).await.unwrap();
        assert!(first.starts_with("tandau.local/log/"), "{first}");
        assert_ne!(first, name(&two, None).await.unwrap());
        assert_eq!(first, name(&one, None).await.unwrap());
        assert_eq!(first, name(&one, Some(&first)).await.unwrap());
        let other = name(&one, Some("elections.example/log")).await;
        assert!(matches!(other, Err(Error::Conflict(_))));
    }

    #[tokio::test]
    async fn a_name_can_be_chosen_once() {
        let place = Installation::new().await;
        for odd in ["", "two words", "a+b", "line\nbreak"] {
            assert!(name(&place, Some(odd)).await.is_err(), "{odd:?}");
        }
        let chosen = "elections.example/2023";
        assert_eq!(name(&place, Some(chosen)).await.unwrap(), chosen);
        assert_eq!(name(&place, None).await.unwrap(), chosen);
    }

    #[tokio::test]
    async fn a_log_that_was_begun_keeps_its_name() {
        let place = Installation::new().await;
        let mut tx = place.app.database.begin().await.unwrap();
        let root: &[u8] = &[0; 32];
        tx.execute(store::ADD_CHECKPOINT, bind![1_i64, root, "", 0_i64])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(name(&place, None).await.unwrap(), UNNAMED);
        assert!(name(&place, Some("elections.example/log")).await.is_err());
    }
}
